using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Dispatcher.Aws;
using Dispatcher.Cli.Demo;
using Dispatcher.Cli.Describing;
using Dispatcher.Cli.History;
using Dispatcher.Cli.Invoking;
using Dispatcher.Cli.Listing;
using Dispatcher.Cli.Local;
using Dispatcher.Cli.Reporting;
using Dispatcher.Cli.Running;
using Dispatcher.Cli.Schedules;
using Dispatcher.Cli.Sql;
using Dispatcher.Cli.Terminal;
using Dispatcher.Cli.Validating;
using Dispatcher.Hosting;
using Dispatcher.LocalServers;
using Microsoft.Extensions.Options;

namespace Dispatcher.Cli;

/// <summary>Is the tool as a whole: reads the command line, runs the command, and turns every failure into a message and an exit code.</summary>
/// <param name="terminal">Where the tool reads and writes.</param>
/// <param name="cancellationToken">Fires when the person gives up.</param>
internal sealed class DispatchTool(CliTerminal terminal, CancellationToken cancellationToken)
{
    private const string Lesson = """
        Examples:
          dispatch list                                  which jobs are there?
          dispatch describe video-upload-cleanup         what does one take?
          dispatch run video-upload-cleanup --dry-run    what would it do? Changes nothing.
          dispatch history --since 7d                    what ran, and how did it go?
          dispatch schedules                             what starts which, and when?
          dispatch report --html report.html             the last weeks, in charts
          dispatch demo                                  watch it work on servers of its own

        Exit codes:
          0    succeeded, planned (dry run), skipped, or to be continued
          1    failed
          2    wrong input: nothing has run
          3    done, except for items that failed

        Environment variables:
          DRY_RUN=true            makes every run a dry run; nothing can undo it
          MAX_CHANGES             the most changes that one run may make
          TABLE_NAME, BUCKET, …   fill in parameters; see 'dispatch describe JOB'
          DATABASE_URL            where the database jobs connect
          RUNS_TABLE              the DynamoDB table of runs, instead of .local
          AUDIT_BUCKET            the S3 bucket of audit trails, besides .local
          AUDIT_LINES=true        writes audit trails to standard error, besides .local
          METRICS_SINK=cloudwatch sends the metrics of runs to CloudWatch
          AWS_CALL_TIMEOUT_SECONDS
                                  how long to wait for an answer of AWS (30)
          AWS_ENDPOINT_URL, AWS_PROFILE, AWS_REGION, AWS_ACCESS_KEY_ID, …
                                  as for every AWS tool
          NO_COLOR                no colours

        """;

    /// <summary>Knows what AWS's clients say where a region, credentials, a table or the whole network is missing.</summary>
    private static readonly FailureClassifier OutsideFailures = new([new AwsFailureRule()]);

    private readonly Option<bool> _verbose = new("--verbose") { Description = "Log what happens to standard error.", Recursive = true };

    /// <summary>Runs one command line.</summary>
    /// <param name="args">The command line.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(IReadOnlyList<string> args)
    {
        // No response files: a parameter's value may begin with '@'.
        var parsed = CreateRoot().Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Action is ParseErrorAction)
        {
            return Explain(parsed);
        }

        try
        {
            using var output = terminal.CreateOutputWriter();
            return await parsed.InvokeAsync(
                new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null, Output = output },
                cancellationToken);
        }
        catch (Exception exception)
        {
            return Explain(exception, parsed.GetValue(_verbose));
        }
    }

    private RootCommand CreateRoot()
    {
        var root = new RootCommand("Runs maintenance jobs: here and now, or as AWS Lambda would.")
        {
            ListCommand.Create(terminal),
            DescribeCommand.Create(terminal),
            RunCommand.Create(terminal, _verbose),
            InvokeCommand.Create(terminal, _verbose),
            HistoryCommand.Create(terminal),
            ShowCommand.Create(terminal),
            SchedulesCommand.Create(terminal),
            ValidateCommand.Create(terminal),
            ReportCommand.Create(terminal),
            SqlCommand.Create(terminal),
            LocalCommand.Create(terminal),
            DemoCommand.Create(terminal),
        };
        root.Options.Add(_verbose);
        foreach (var help in root.Options.OfType<HelpOption>())
        {
            help.Action = new LessonHelpAction((HelpAction)help.Action!, Lesson);
        }

        return root;
    }

    private int Explain(ParseResult parsed)
    {
        foreach (var error in parsed.Errors)
        {
            terminal.WriteError(error.Message);
        }

        var names = string.Join(' ', Path(parsed.CommandResult.Command).Reverse());
        terminal.WriteNote($"See: {names} --help");
        return ExitCode.BadInput;
    }

    private static IEnumerable<string> Path(Command command)
    {
        for (Symbol? symbol = command; symbol is not null; symbol = symbol.Parents.FirstOrDefault())
        {
            yield return symbol is RootCommand ? "dispatch" : symbol.Name;
        }
    }

    private int Explain(Exception exception, bool verbose)
    {
        switch (exception)
        {
            case JobRequestException { Problems: var problems }:
                problems.ToList().ForEach(terminal.WriteError);
                return ExitCode.BadInput;
            case OptionsValidationException { Failures: var failures }:
                failures.ToList().ForEach(failure => terminal.WriteError($"A setting is wrong: {failure}"));
                return ExitCode.BadInput;
            case BadInputException:
                terminal.WriteError(exception.Message);
                return ExitCode.BadInput;
            case CommandFailedException or LocalServerException:
                terminal.WriteError(exception.Message);
                return ExitCode.Failed;
            case OperationCanceledException when cancellationToken.IsCancellationRequested:
                terminal.WriteError("Cancelled.");
                return ExitCode.Failed;
            case var _ when OutsideFailures.Classify(exception) is { HasUserMessage: true } failure:
                terminal.WriteError(failure.Message);
                return ExitCode.Failed;
            default:
                terminal.WriteError($"Unexpected {exception.GetType().Name}: {exception.Message}");
                if (verbose)
                {
                    terminal.WriteTrace(exception);
                }
                else
                {
                    terminal.WriteNote("Run it again with --verbose to see where.");
                }

                return ExitCode.Failed;
        }
    }
}

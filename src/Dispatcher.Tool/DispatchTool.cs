using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Dispatcher.Aws;
using Dispatcher.Deployment;
using Dispatcher.Hosting;
using Dispatcher.LocalServers;
using Dispatcher.Tool.Commands;
using Dispatcher.Tool.Commands.Deployment;
using Dispatcher.Tool.Commands.History;
using Dispatcher.Tool.Commands.Jobs;
using Dispatcher.Tool.Commands.Reporting;
using Dispatcher.Tool.Commands.Running;
using Dispatcher.Tool.Local;
using Dispatcher.Tool.Terminal;
using Microsoft.Extensions.Options;

namespace Dispatcher.Tool;

/// <summary>The tool: parses the command line, runs the command, and turns every failure into a message and an exit code.</summary>
/// <param name="terminal">The terminal.</param>
/// <param name="options">The options of the tool.</param>
/// <param name="cancellationToken">Cancels the command.</param>
internal sealed class DispatchTool(CliTerminal terminal, DispatchToolOptions options, CancellationToken cancellationToken)
{
    private const string Examples = """
        Examples:
          dispatch list                                  list the registered jobs
          dispatch describe video-upload-cleanup         show a job's parameters
          dispatch run video-upload-cleanup --dry-run    show the planned changes
          dispatch history --since 7d                    list the runs of a week
          dispatch schedules                             list triggers and next times
          dispatch report --html report.html             chart the last weeks
          dispatch demo                                  run jobs on demo servers

        Exit codes:
          0    succeeded, planned (dry run), skipped or continued
          1    failed
          2    invalid input: nothing has run
          3    completed, but some items failed

        Environment variables:
          DRY_RUN=true            make every run a dry run; no option overrides it
          MAX_CHANGES             the maximum number of changes per run
          TABLE_NAME, BUCKET, …   set parameters; see 'dispatch describe JOB'
          DATABASE_URL            the connection of the database jobs
          RUNS_TABLE              the DynamoDB table of runs, instead of .local
          AUDIT_BUCKET            the S3 bucket of audit trails, in addition to .local
          AUDIT_LINES=true        write audit trails to standard error as well
          METRICS_SINK=cloudwatch send the metrics of runs to CloudWatch
          AWS_CALL_TIMEOUT_SECONDS
                                  the time limit of a call to AWS (30)
          AWS_ENDPOINT_URL, AWS_PROFILE, AWS_REGION, AWS_ACCESS_KEY_ID, …
                                  as for every AWS tool
          NO_COLOR                no colours

        """;

    /// <summary>
    /// Recognizes the errors of AWS clients about a missing region, missing credentials, a missing table or an unreachable network.
    /// </summary>
    private static readonly FailureClassifier OutsideFailures = new([new AwsFailureRule()]);

    private readonly Option<bool> _verbose = new("--verbose") { Description = "Write a log to standard error.", Recursive = true };

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
        var root = new RootCommand("Runs maintenance jobs on this machine, or as AWS Lambda would.")
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
            LocalCommand.Create(terminal, options.Sample),
        };
        foreach (var create in options.Commands)
        {
            root.Subcommands.Add(create(terminal));
        }

        root.Options.Add(_verbose);
        foreach (var help in root.Options.OfType<HelpOption>())
        {
            help.Action = new ExamplesHelpAction((HelpAction)help.Action!, Examples);
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
                failures.ToList().ForEach(failure => terminal.WriteError($"Invalid setting: {failure}"));
                return ExitCode.BadInput;
            case BadInputException or InvalidSourceException:
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
                    terminal.WriteNote("Run the command again with --verbose for the stack trace.");
                }

                return ExitCode.Failed;
        }
    }
}

using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Dispatcher.Aws;
using Dispatcher.Deployment;
using Dispatcher.Hosting;
using Dispatcher.LocalServers;
using Dispatcher.Tool.Commands;
using Dispatcher.Tool.Commands.Completion;
using Dispatcher.Tool.Commands.Deployment;
using Dispatcher.Tool.Commands.Events;
using Dispatcher.Tool.Commands.Exports;
using Dispatcher.Tool.Commands.History;
using Dispatcher.Tool.Commands.Jobs;
using Dispatcher.Tool.Commands.Plans;
using Dispatcher.Tool.Commands.Remote;
using Dispatcher.Tool.Commands.Reporting;
using Dispatcher.Tool.Commands.Restoring;
using Dispatcher.Tool.Commands.Running;
using Dispatcher.Tool.Commands.Running.Shards;
using Dispatcher.Tool.Commands.Status;
using Dispatcher.Tool.Hosting;
using Dispatcher.Tool.Local;
using Dispatcher.Tool.Terminal;
using Microsoft.Extensions.Options;

namespace Dispatcher.Tool;

/// <summary>
/// The program of a tool: parses the command line, runs the command, and turns every failure into a message and an exit code.
/// </summary>
/// <param name="tool">The tool's name, jobs and terminal.</param>
/// <param name="options">The options of the tool.</param>
/// <param name="cancellationToken">Cancels the command.</param>
internal sealed class ToolProgram(ToolContext tool, DispatchToolOptions options, CancellationToken cancellationToken)
{
    /// <summary>
    /// Recognizes the errors of AWS clients about a missing region, missing credentials, a missing table or an unreachable network.
    /// </summary>
    private static readonly FailureClassifier OutsideFailures = new([new AwsFailureRule()]);

    private const string HelpOption = "--help";

    private readonly Option<bool> _verbose = new("--verbose") { Description = "Write a log to standard error.", Recursive = true };

    private readonly AwsOptions _aws = new();

    /// <summary>Runs one command line.</summary>
    /// <param name="args">The command line.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(IReadOnlyList<string> args)
    {
        var parsed = Parse(args);
        if (parsed.Action is ParseErrorAction)
        {
            if (!CommandLineProblems.IsGroupAlone(parsed))
            {
                return Explain(parsed);
            }

            parsed = Parse([.. args, HelpOption]);
        }

        try
        {
            _aws.Apply(parsed);
            using var output = tool.Terminal.CreateOutputWriter();
            return await parsed.InvokeAsync(
                new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null, Output = output },
                cancellationToken);
        }
        catch (Exception exception)
        {
            return Explain(exception, parsed.GetValue(_verbose));
        }
    }

    private ParseResult Parse(IReadOnlyList<string> args)
    {
        if (args is [CommandLineProblems.HelpCommand, ..])
        {
            args = [.. args.Skip(1), HelpOption];
        }

        // No response files: a parameter's value may begin with '@'.
        return CreateRoot(args).Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
    }

    private RootCommand CreateRoot(IReadOnlyList<string> args)
    {
        // A line to complete names its commands within a word.
        var isSuggestion = args is [['[', ..], ..];
        tool.IsNamed = name => isSuggestion || args.Contains(name);

        var root = new RootCommand(options.Description)
        {
            ListCommand.Summary.Create(tool, ListCommand.Create),
            DescribeCommand.Summary.Create(tool, DescribeCommand.Create),
            RunCommand.Summary.Create(tool, _ => RunCommand.Create(tool, _verbose)),
            PlanCommand.Summary.Create(tool, PlanCommand.Create),
            EventsCommand.Summary.Create(tool, EventsCommand.Create),
            ApplyCommand.Summary.Create(tool, _ => ApplyCommand.Create(tool, _verbose)),
            InvokeCommand.Summary.Create(tool, _ => InvokeCommand.Create(tool, _verbose)),
            WorkCommand.Create(tool, _verbose),
            StatusCommand.Summary.Create(tool, StatusCommand.Create),
            HistoryCommand.Summary.Create(tool, HistoryCommand.Create),
            ShowCommand.Summary.Create(tool, _ => ShowCommand.Create(tool, _verbose)),
            LogsCommand.Summary.Create(tool, LogsCommand.Create),
            RedriveCommand.Summary.Create(tool, RedriveCommand.Create),
            PauseCommand.Summary.Create(tool, PauseCommand.Create),
            ResumeCommand.Summary.Create(tool, ResumeCommand.Create),
            AuditCommand.Summary.Create(tool, AuditCommand.Create),
            RestoreCommand.Summary.Create(tool, _ => RestoreCommand.Create(tool, _verbose)),
            SchedulesCommand.Summary.Create(tool, SchedulesCommand.Create),
            ValidateCommand.Summary.Create(tool, ValidateCommand.Create),
            TemplateCommand.Summary.Create(tool, TemplateCommand.Create),
            ReportCommand.Summary.Create(tool, ReportCommand.Create),
            ExportCommand.Summary.Create(tool, ExportCommand.Create),
            LocalCommand.Summarize(options.Local).Create(tool, _ => LocalCommand.Create(tool, options.Local)),
            CompletionCommand.Summary.Create(tool, CompletionCommand.Create),
        };
        foreach (var create in options.Commands)
        {
            root.Subcommands.Add(create(tool));
        }

        root.Options.Add(_verbose);
        _aws.AddTo(root);
        foreach (var help in root.Options.OfType<System.CommandLine.Help.HelpOption>())
        {
            help.Action = new ExamplesHelpAction(
                (HelpAction)help.Action!, tool, () => RootHelp.Create(tool, options.EnvironmentVariables));
        }

        foreach (var suggest in root.Directives.OfType<SuggestDirective>())
        {
            var line = string.Join(' ', args.SkipWhile(static word => word.StartsWith('[')));
            suggest.Action = new SuggestAction(root, suggest, line);
        }

        return root;
    }

    private int Explain(ParseResult parsed)
    {
        foreach (var problem in CommandLineProblems.List(parsed))
        {
            tool.Terminal.WriteError(problem);
        }

        var names = string.Join(' ', Path(parsed.CommandResult.Command).Reverse());
        tool.Terminal.WriteNote("See:");
        CopyLine.Write(tool.Terminal.Error, $"{names} {HelpOption}");
        return ExitCode.BadInput;
    }

    private IEnumerable<string> Path(Command command)
    {
        for (Symbol? symbol = command; symbol is not null; symbol = symbol.Parents.FirstOrDefault())
        {
            yield return symbol is RootCommand ? tool.Name : symbol.Name;
        }
    }

    private int Explain(Exception exception, bool verbose)
    {
        switch (exception)
        {
            case JobRequestException { Problems: var problems }:
                problems.ToList().ForEach(tool.Terminal.WriteError);
                return ExitCode.BadInput;
            case OptionsValidationException { Failures: var failures }:
                failures.ToList().ForEach(failure => tool.Terminal.WriteError($"Invalid setting: {failure}"));
                return ExitCode.BadInput;
            case BadInputException or InvalidSourceException:
                tool.Terminal.WriteError(exception.Message);
                return ExitCode.BadInput;
            case CommandFailedException or LocalServerException:
                tool.Terminal.WriteError(exception.Message);
                return ExitCode.Failed;
            case OperationCanceledException when cancellationToken.IsCancellationRequested:
                tool.Terminal.WriteError("Cancelled.");
                return tool.Interrupt.Token.IsCancellationRequested ? ExitCode.Cancelled : ExitCode.Failed;
            case var _ when OutsideFailures.Classify(exception) is { HasUserMessage: true } failure:
                tool.Terminal.WriteError(failure.Message);
                return ExitCode.Failed;
            default:
                tool.Terminal.WriteError($"Unexpected {exception.GetType().Name}: {exception.Message}");
                if (verbose)
                {
                    tool.Terminal.WriteTrace(exception);
                }
                else
                {
                    tool.Terminal.WriteNote("Run the command again with --verbose for the stack trace.");
                }

                return ExitCode.Failed;
        }
    }
}

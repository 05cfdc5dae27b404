using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Dispatcher.Hosting;
using Dispatcher.Tool.Commands.Completion;
using Dispatcher.Tool.Commands.Running.Confirmation;
using Dispatcher.Tool.Commands.Running.Shards;
using Dispatcher.Tool.Hosting;
using Dispatcher.Tool.Terminal;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dispatcher.Tool.Commands.Running;

/// <summary>The command <c>run JOB</c>: runs a job in this process.</summary>
internal static class RunCommand
{
    private const string Examples = """
        Examples:
          {tool} run {job} --dry-run
          {tool} run {job}{set}
          {tool} run {job} --max-changes 100
          {tool} run {job} --parameters parameters.json --json
          {tool} run JOB --shards 4 --workers 2
          {tool} run {job} --dry-run --plan plan.jsonl ## for '{tool} apply'
          {tool} run {job} --yes --profile admin --region eu-central-1

        Parameters are taken from -p, the file, environment variables and defaults,
        in this order. 'describe JOB' lists them. Write a list or an object as JSON:
        -p 'tags=["a","b"]'.

        --shards divides the work of a job that supports it; processes of this tool
        do the shards, as many at once as --workers says. The record of the run has
        their totals. If a process dies, another one takes its shard over. A dry run
        plans all of the work in one process.

        At a terminal, a run that makes changes first shows as whom, where and on
        what it works and what its last plan was, and asks. --yes skips this.

        Ctrl+C stops the run. It prints the number of completed changes, and of those
        that were interrupted and may have been made; the run is recorded as
        cancelled. A second Ctrl+C exits immediately.

        Exit codes: 0 succeeded, planned, skipped or continued; 1 failed; 2 invalid
        input, nothing has run; 3 completed, but some items failed; 130 cancelled by
        Ctrl+C.

        """;

    /// <summary>Gets how the help of the tool lists the command.</summary>
    public static CommandSummary Summary { get; } = new("run", "Run a job, or plan its changes with --dry-run.", "JOB");

    /// <summary>Creates the command.</summary>
    /// <param name="tool">The tool.</param>
    /// <param name="verbose">The tool's own option.</param>
    /// <returns>The command.</returns>
    public static Command Create(ToolContext tool, Option<bool> verbose)
    {
        var job = JobArgument.Create(tool);
        var dryRun = new Option<bool>("--dry-run") { Description = "Show the planned changes without making them." };
        var assignments =
            new Option<string[]>("--parameter", "-p") { Description = "Set a parameter. Can be repeated.", HelpName = "name=value" };
        ParameterSuggestions.Add(assignments, job, tool);
        var file = new Option<string?>("--parameters") { Description = "Read parameters from a JSON object in a file.", HelpName = "FILE" };
        var shards = CreateNumber("--shards", "Divide the work into N shards (2 to 64).", 2, JobShard.MaxCount);
        var workers = CreateNumber("--workers", "Run N shards at once (default: one per processor).", 1, JobShard.MaxCount);
        var plan = new Option<string?>("--plan")
        {
            Description = "Write the plan of a dry run to a file, or under plans/ in the bucket of PLAN_BUCKET.",
            HelpName = "PLAN",
        };
        var yes = YesOption.Create();
        var json = new Option<bool>("--json") { Description = "Write the result as JSON, and nothing else, to standard output." };
        var command = new DocumentedCommand(tool, Summary, Examples)
        {
            job, dryRun, yes, assignments, file, plan, shards, workers, json,
        };
        var limits = new LimitOptions();
        limits.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetResult(workers) is not null && result.GetResult(shards) is null)
            {
                result.AddError("'--workers' needs '--shards'.");
            }

            if (result.GetValue(plan) is { } location && !result.GetValue(dryRun))
            {
                result.AddError($"'--plan' writes the plan of a dry run: add '--dry-run'. To make the changes of a plan, use "
                    + $"'{tool.Name} apply {location}'.");
            }
        });
        command.SetAction((parsed, cancellationToken) =>
        {
            var arguments = new RunArguments(
                parsed.GetRequiredValue(job), parsed.GetValue(dryRun), parsed.GetValue(assignments) ?? [], parsed.GetValue(file),
                parsed.GetValue(shards), parsed.GetValue(workers))
            {
                Limits = limits.Read(parsed),
                Plan = parsed.GetValue(plan),
            };
            var output = new RunOutput(parsed.GetValue(yes), parsed.GetValue(json), parsed.GetValue(verbose));
            return RunAsync(tool, arguments, output, cancellationToken);
        });
        return command;
    }

    private static Option<int?> CreateNumber(string name, string description, int least, int most)
    {
        var option = new Option<int?>(name) { Description = description, HelpName = "N" };
        option.Validators.Add(result =>
        {
            // The parser rejects what is not a number.
            if (result.Tokens is [{ Value: var text }] && int.TryParse(text, CultureInfo.InvariantCulture, out var number)
                && (number < least || number > most))
            {
                result.AddError($"'{name}' must be from {least} to {most}.");
            }
        });
        return option;
    }

    /// <summary>Runs a job, after a question if it makes changes.</summary>
    /// <param name="tool">The tool.</param>
    /// <param name="arguments">What to run.</param>
    /// <param name="output">How to ask and answer.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    /// <returns>The exit code.</returns>
    internal static async Task<int> RunAsync(
        ToolContext tool, RunArguments arguments, RunOutput output, CancellationToken cancellationToken)
    {
        var verbose = output.Verbose;
        var stages = new StageTracker();
        var queue = arguments.Shards is null ? null : new ShardQueue();
        await using var services = ToolServices.Build(
            tool,
            verbose ? LogLevel.Information : LogLevel.Warning,
            stages,
            record: true,
            configure: queue is null ? null : services => services.AddSingleton<IRequestSender>(queue));
        var payload = RunPayload.Create(arguments, services.GetRequiredService<JobRegistry>());
        var request = services.GetRequiredService<JobRequestReader>().Read(payload);

        var confirmation = new RunConfirmation(tool, services);
        if (confirmation.IsNeeded(arguments.DryRun, output.Yes)
            && !await confirmation.AskAsync(request, arguments.Workers, cancellationToken))
        {
            tool.Terminal.WriteError("The run was not confirmed. Nothing has run.");
            return ExitCode.BadInput;
        }

        var run = services.GetRequiredService<IJobDispatcher>().DispatchAsync(request, cancellationToken);
        var record = await ProgressBar.ShowAsync(tool.Terminal.Live, stages, run);
        if (queue is { Shards.Count: > 0 } && record.Status == JobStatus.Succeeded)
        {
            var shards = new ShardedRun(tool, stages, verbose).RunAsync(
                record,
                queue.Shards,
                arguments.Workers ?? Math.Min(queue.Shards.Count, Environment.ProcessorCount),
                services.GetService<IRunStore>(),
                cancellationToken);
            record = await ProgressBar.ShowAsync(tool.Terminal.Live, stages, shards);
        }

        tool.Terminal.WriteRepeatedWarnings();
        if (output.Json)
        {
            JsonOutput.Write(tool.Terminal, JsonSerializer.SerializeToElement(record, DispatcherJsonContext.Default.RunRecord));
        }
        else
        {
            RunReport.Write(tool.Terminal.Out, tool.Name, record, arguments, verbose);
        }

        return ExitCode.For(record.Status);
    }
}

using System.CommandLine;
using System.Text.Json;
using Dispatcher.Hosting;
using Dispatcher.Tool.Commands.Completion;
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
          {tool} run {job} --parameters parameters.json --json
          {tool} run {job} --dry-run --plan plan.jsonl ## for '{tool} apply'

        Parameters are taken from -p, the file, environment variables and defaults,
        in this order. 'describe JOB' lists them. Write a list or an object as JSON:
        -p 'tags=["a","b"]'.

        Ctrl+C stops the run between two changes and prints the completed changes; a
        second Ctrl+C exits immediately.

        Exit codes: 0 succeeded, planned, skipped or continued; 1 failed; 2 invalid
        input, nothing has run; 3 completed, but some items failed.

        """;

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
        var plan = new Option<string?>("--plan")
        {
            Description = "Write the plan of a dry run to a file, or under plans/ in the bucket of PLAN_BUCKET.",
            HelpName = "PLAN",
        };
        var json = new Option<bool>("--json") { Description = "Write the result as JSON, and nothing else, to standard output." };
        var command = new DocumentedCommand(
            tool, "run", "Run a job, or plan its changes with --dry-run.", Examples) { job, dryRun, assignments, file, plan, json };
        command.Validators.Add(result =>
        {
            if (result.GetValue(plan) is { } location && !result.GetValue(dryRun))
            {
                result.AddError($"'--plan' writes the plan of a dry run: add '--dry-run'. To make the changes of a plan, use "
                    + $"'{tool.Name} apply {location}'.");
            }
        });
        command.SetAction((parsed, cancellationToken) =>
        {
            var arguments = new RunArguments(
                parsed.GetRequiredValue(job), parsed.GetValue(dryRun), parsed.GetValue(assignments) ?? [], parsed.GetValue(file))
            {
                Plan = parsed.GetValue(plan),
            };
            return RunAsync(tool, arguments, parsed.GetValue(json), parsed.GetValue(verbose), cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(
        ToolContext tool, RunArguments arguments, bool json, bool verbose, CancellationToken cancellationToken)
    {
        var stages = new StageTracker();
        await using var services = ToolServices.Build(tool, verbose ? LogLevel.Information : LogLevel.Warning, stages, record: true);
        var payload = RunPayload.Create(arguments, services.GetRequiredService<JobRegistry>());
        var request = services.GetRequiredService<JobRequestReader>().Read(payload);

        var run = services.GetRequiredService<IJobDispatcher>().DispatchAsync(request, cancellationToken);
        var record = await ProgressBar.ShowAsync(tool.Terminal.Live, stages, run);

        if (json)
        {
            JsonOutput.Write(tool.Terminal, JsonSerializer.SerializeToElement(record, DispatcherJsonContext.Default.RunRecord));
        }
        else
        {
            RunReport.Write(tool.Terminal.Out, tool.Name, record, arguments);
        }

        return ExitCode.For(record.Status);
    }
}

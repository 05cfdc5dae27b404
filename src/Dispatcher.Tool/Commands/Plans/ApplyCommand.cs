using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dispatcher.Hosting;
using Dispatcher.Plans;
using Dispatcher.Tool.Commands.Running;
using Dispatcher.Tool.Commands.Running.Confirmation;
using Dispatcher.Tool.Hosting;
using Dispatcher.Tool.Plans;
using Dispatcher.Tool.Terminal;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dispatcher.Tool.Commands.Plans;

/// <summary>The command <c>apply PLAN</c>: makes exactly the changes of a plan.</summary>
internal static class ApplyCommand
{
    private const string Examples = """
        Examples:
          {tool} apply plan.jsonl
          {tool} apply plan.jsonl --yes --json
          PLAN_BUCKET=plans {tool} apply s3://plans/plans/plan.jsonl.gz

        The job runs as always, with the parameters of the plan. A change is made
        only if the plan holds it with the same evidence. What has changed since,
        what is new and what is not due any more is reported and left alone.

        At a terminal the command shows the plan and asks first.

        Exit codes: 0 succeeded, skipped or continued; 1 failed; 2 the plan is
        refused, was applied before or was not confirmed, nothing has run;
        3 completed, but some items failed; 130 cancelled by Ctrl+C: apply the
        plan again to go on.

        """;

    /// <summary>Gets how the help of the tool lists the command.</summary>
    public static CommandSummary Summary { get; } = new("apply", "Make exactly the changes of a plan.", "PLAN");

    /// <summary>Creates the command.</summary>
    /// <param name="tool">The tool.</param>
    /// <param name="verbose">The tool's own option.</param>
    /// <returns>The command.</returns>
    public static Command Create(ToolContext tool, Option<bool> verbose)
    {
        var plan = new Argument<string>("PLAN") { Description = "A file, or the address in S3 of a plan in the bucket of PLAN_BUCKET." };
        var yes = YesOption.Create();
        var maxAge = new Option<double?>("--max-age")
        {
            Description = "Refuse a plan that is older (24, or Plans:MaxAgeHours).", HelpName = "HOURS",
        };
        NumberText.RefuseComma(maxAge);
        maxAge.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }]
                && double.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var hours)
                && hours is not (> 0 and <= 8760))
            {
                result.AddError("'--max-age' must be more than 0, and at most 8760 hours.");
            }
        });
        var json = new Option<bool>("--json") { Description = "Write the result as JSON, and nothing else, to standard output." };
        var command = new DocumentedCommand(tool, Summary, Examples) { plan, yes, maxAge, json };
        command.SetAction((parsed, cancellationToken) => ApplyAsync(
            tool,
            parsed.GetRequiredValue(plan),
            new ApplyOptions(parsed.GetValue(yes), parsed.GetValue(maxAge), parsed.GetValue(json), parsed.GetValue(verbose)),
            cancellationToken));
        return command;
    }

    private static async Task<int> ApplyAsync(ToolContext tool, string location, ApplyOptions options, CancellationToken cancellationToken)
    {
        var stages = new StageTracker();
        await using var services = ToolServices.Build(
            tool,
            options.Verbose ? LogLevel.Information : LogLevel.Warning,
            stages,
            record: true,
            configure: services => services.PostConfigure<PlanOptions>(
                plans => plans.MaxAgeHours = options.MaxAgeHours ?? plans.MaxAgeHours));
        string job;
        using (var plan = await PlanReader.ReadAsync(services, location, cancellationToken))
        {
            job = plan.Header.Job;
            var confirmation = new RunConfirmation(tool, services);
            if (confirmation.IsNeeded(dryRun: false, options.Yes)
                && !await ConfirmAsync(tool.Terminal, confirmation, plan, cancellationToken))
            {
                tool.Terminal.WriteError("The plan was not applied, because it was not confirmed. Nothing has run.");
                return ExitCode.BadInput;
            }
        }

        var payload = new JsonObject { ["job"] = job, ["plan"] = location };
        var request = services.GetRequiredService<JobRequestReader>().Read(
            JobRequestReader.Parse(JsonSerializer.SerializeToUtf8Bytes<JsonNode>(payload)));
        var run = services.GetRequiredService<IJobDispatcher>().DispatchAsync(request, cancellationToken);
        var record = await ProgressBar.ShowAsync(tool.Terminal.Live, stages, run);
        tool.Terminal.WriteRepeatedWarnings();
        if (options.Json)
        {
            JsonOutput.Write(tool.Terminal, JsonSerializer.SerializeToElement(record, DispatcherJsonContext.Default.RunRecord));
        }
        else
        {
            var arguments = new RunArguments(job, DryRun: false, [], null) { Plan = location };
            RunReport.Write(tool.Terminal.Out, tool.Name, record, arguments, options.Verbose);
        }

        return record.Plan?.AppliedBy is null ? ExitCode.For(record.Status) : ExitCode.BadInput;
    }

    private static async Task<bool> ConfirmAsync(
        CliTerminal terminal, RunConfirmation confirmation, PlanFile plan, CancellationToken cancellationToken)
    {
        await confirmation.WritePlaceAsync(cancellationToken);
        PlanView.WriteHeader(terminal.Error, plan);
        return await Question.AskAsync(terminal, $"Make these {Printable.Count(plan.Totals.Changes, "change")}?", cancellationToken);
    }

    private sealed record ApplyOptions(bool Yes, double? MaxAgeHours, bool Json, bool Verbose);
}

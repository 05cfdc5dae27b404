using System.CommandLine;
using Dispatcher.Deployment.Durations;
using Dispatcher.Deployment.Inspection;
using Dispatcher.Deployment.Templates;
using Dispatcher.Hosting;
using Dispatcher.Text;
using Dispatcher.Tool.Commands.Remote;
using Dispatcher.Tool.Hosting;
using Dispatcher.Tool.Terminal;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;

namespace Dispatcher.Tool.Commands.Deployment;

/// <summary>The command <c>schedules</c>: lists the triggers of a template, their next times and their problems.</summary>
internal static class SchedulesCommand
{
    private const int MaxNext = 100;

    private const string Examples = """
        Examples:
          {tool} schedules
          {tool} schedules --time-zone Europe/Berlin --next 10
          {tool} schedules --all --parameter NAME=VALUE
          {tool} schedules --template template.yaml --function Worker
          {tool} schedules --json | jq -r '.triggers[] | [.job, .next[0].at] | @tsv'

        The template is evaluated as by CloudFormation, with the values of
        --parameter, of "template-parameters" in the aws-lambda-tools-defaults.json
        beside it, and the template's own defaults. Triggers that a condition
        disables are only counted; --all lists them.

        Schedules of rules are in UTC, those of EventBridge Scheduler in their own
        time zone; --time-zone affects only the output. A rate counts from the
        deployment, whose time is not known here: its times count from now. That of
        EventBridge Scheduler fires at the deployment for the first time.

        The durations of runs come from the history of the last 30 days.

        The command deploys nothing and reads only the history from AWS. Exit codes:
        0 success, even if problems were found (use 'validate' to fail on them); 2 invalid input.

        """;

    /// <summary>Gets how the help of the tool lists the command.</summary>
    public static CommandSummary Summary { get; } = new("schedules", "List what starts which job, the next times, and problems.");

    /// <summary>Creates the command.</summary>
    /// <param name="tool">The tool.</param>
    /// <returns>The command.</returns>
    public static Command Create(ToolContext tool)
    {
        var template = new TemplateOptions();
        var next = new Option<int>("--next") { Description = $"The number of next times per trigger, from 1 to {MaxNext}.",
            DefaultValueFactory = _ => 5, HelpName = "N" };
        next.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && int.TryParse(text, out var number) && number is < 1 or > MaxNext)
            {
                result.AddError($"'--next' must be from 1 to {MaxNext}.");
            }
        });
        var zone = TimeZoneOption.Create("The time zone of the output");
        var all = new Option<bool>("--all") { Description = "Include triggers that a condition of the template disables." };
        var json = new Option<bool>("--json") { Description = "Write the result as JSON, and nothing else, to standard output." };
        var command = new DocumentedCommand(tool, Summary, Examples)
        {
            template.File, next, zone, template.Parameters, template.FormerParameters, template.Function, template.Region, template.Account,
            all, json, SchedulesAdviseCommand.Create(tool),
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var shown = TimeZoneOption.Read(parsed.GetRequiredValue(zone));
            await using var services = ToolServices.Build(tool);
            var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
            var path = TemplateFile.Find(parsed.GetValue(template.File));
            var inspection = TemplateInspection.Inspect(
                TemplateFile.Read(path), path, template.ReadOptions(parsed), now, tool.Jobs);
            await ValidateDurationsAsync(inspection, services.GetRequiredService<IRunHistory>(), now, cancellationToken);

            var view = new ScheduleListing(path, inspection, shown, now, parsed.GetValue(next), parsed.GetValue(all));
            if (parsed.GetValue(json))
            {
                JsonOutput.Write(tool.Terminal, ScheduleJson.Create(view));
            }
            else
            {
                ScheduleView.Write(tool.Terminal.Out, view);
                if (StackOption.Find(null) is { } stack)
                {
                    tool.Terminal.Out.WriteLine(Printable.Text($"Pauses are not shown here: {tool.Name} status --stack {stack}"));
                }
            }

            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>A history that cannot be read must not hide the schedules.</summary>
    private static async Task ValidateDurationsAsync(
        TemplateInspection inspection, IRunHistory history, DateTimeOffset now, CancellationToken cancellationToken)
    {
        try
        {
            var durations = await JobDurations.ReadAsync(history, now, cancellationToken);
            history.Omissions.ToList().ForEach(omission => inspection.Findings.Note("history", omission));
            if (!durations.IsEmpty)
            {
                new DurationValidator(durations, now, inspection.Findings).Check(inspection.Jobs);
                return;
            }

            inspection.Findings.Note(
                "history",
                $"No run of the last {JobDurations.Days} days is known ({history.Location}), so it was not checked whether runs overlap "
                + "or take longer than their interval.");
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            inspection.Findings.Note(
                "history",
                $"The runs cannot be read ({history.Location}), so it was not checked whether they overlap or take longer than their "
                    + $"interval: "
                + PrintableText.Escape(PrintableText.Truncate(exception.Message, 200)));
        }
    }
}

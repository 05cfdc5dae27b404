using System.CommandLine;
using Dispatcher.Cli.Hosting;
using Dispatcher.Cli.Terminal;
using Dispatcher.Deployment.Durations;
using Dispatcher.Deployment.Inspection;
using Dispatcher.Deployment.Schedules;
using Dispatcher.Deployment.Templates;
using Dispatcher.History;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Cli.Commands.Deployment;

/// <summary><c>dispatch schedules</c>: what starts which job, when next, and what would go wrong?</summary>
internal static class SchedulesCommand
{
    private const int MaxNext = 100;

    private const string Examples = """
        Examples:
          dispatch schedules
          dispatch schedules --time-zone Europe/Berlin --next 10
          dispatch schedules --all --parameter DailyUptimeEnabled=true
          dispatch schedules --json | jq -r '.triggers[] | [.job, .next[0].at] | @tsv'

        It reads the template as CloudFormation would: with --parameter, with
        "template-parameters" of the aws-lambda-tools-defaults.json beside it, and
        with the template's own defaults. What a condition leaves out is counted
        only; --all shows it.

        Schedules of rules are in UTC, those of EventBridge Scheduler in their own
        time zone; --time-zone only says how times are shown. A rate is counted from
        the deployment, which is not known here: its times are counted from now.

        How long runs take comes from the history of the last 30 days.

        It deploys nothing and asks nothing of AWS but the history. Exit codes:
        0 shown, whatever was found ('dispatch validate' judges); 2 wrong input.

        """;

    /// <summary>Makes the command.</summary>
    /// <param name="terminal">Where it writes.</param>
    /// <returns>The command.</returns>
    public static Command Create(CliTerminal terminal)
    {
        var template = new TemplateOptions();
        var next = new Option<int>("--next") { Description = $"How many times to show of each, from 1 to {MaxNext}.", DefaultValueFactory = _ => 5, HelpName = "N" };
        next.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && int.TryParse(text, out var number) && number is < 1 or > MaxNext)
            {
                result.AddError($"'--next' must be from 1 to {MaxNext}.");
            }
        });
        var zone = new Option<string>("--time-zone") { Description = "The time zone to show times in.", DefaultValueFactory = _ => "UTC", HelpName = "ZONE" };
        var all = new Option<bool>("--all") { Description = "Show also what a condition of the template leaves out." };
        var json = new Option<bool>("--json") { Description = "Write the result as JSON, and nothing else, to standard output." };
        var command = new DocumentedCommand("schedules", "Show what starts which job, when, and what would go wrong.", Examples)
        {
            template.File, next, zone, template.Parameters, all, json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var shown = TimeZones.Find(parsed.GetValue(zone)!, out var problem) ?? throw new BadInputException(problem);
            await using var services = CliServices.Build(terminal);
            var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
            var path = TemplateFile.Find(parsed.GetValue(template.File));
            var inspection = TemplateInspection.Inspect(TemplateFile.Read(path), path, template.ReadParameters(parsed), now);
            await ValidateDurationsAsync(inspection, services.GetRequiredService<IRunHistory>(), now, cancellationToken);

            var view = new ScheduleListing(path, inspection, shown, now, parsed.GetValue(next), parsed.GetValue(all));
            if (parsed.GetValue(json))
            {
                JsonOutput.Write(terminal, ScheduleJson.Create(view));
            }
            else
            {
                ScheduleView.Write(terminal.Out, view);
            }

            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>A history that cannot be read is no reason to hide the schedules.</summary>
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
                $"No run of the last {JobDurations.Days} days is known ({history.Place}), so it was not checked whether runs overlap "
                + "or take longer than their interval.");
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            inspection.Findings.Note(
                "history",
                $"The runs cannot be read ({history.Place}), so it was not checked whether they overlap or take longer than their interval: "
                + Text.JsonText.Shorten(exception.Message, 200));
        }
    }
}

using System.CommandLine;
using Dispatcher.Hosting;
using Dispatcher.Reporting.Advice;
using Dispatcher.Tool.Hosting;
using Dispatcher.Tool.Terminal;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Tool.Commands.Deployment;

/// <summary>The command <c>schedules advise</c>: which schedule would cost less, by the runs of the history.</summary>
internal static class SchedulesAdviseCommand
{
    private const int MaxHours = 168;
    private const string DefaultPeriod = "30d";

    private const string Examples = """
        Examples:
          {tool} schedules advise
          {tool} schedules advise --job {job} --max-age-hours 6
          RUNS_TABLE=maintenance-runs {tool} schedules advise --since 60d --json

        Shows how often each job, or each task of a job, found work, at which hours it
        never did, and the schedule with the fewest runs after which nothing waits
        longer than --max-age-hours. Without it, schedules for 1, 6 and 24 hours are
        compared. Among equally frequent schedules the one is chosen after which the
        work of the history would have waited least.

        A run is empty if it proposed no change. Failed, cancelled and dry runs do not
        count. At least 20 runs over 7 days are needed. GB-seconds are those of the
        empty runs that are saved; runs that find work do not get cheaper.

        The command changes nothing. Exit codes: 0 success; 1 the history cannot be
        read; 2 invalid input.

        """;

    /// <summary>Creates the command.</summary>
    /// <param name="tool">The tool.</param>
    /// <returns>The command.</returns>
    public static Command Create(ToolContext tool)
    {
        var job = new Option<string?>("--job") { Description = "Advise on this job only.", HelpName = "JOB" };
        job.CompletionSources.Add(_ => tool.Descriptors.Select(static job => new System.CommandLine.Completions.CompletionItem(job.Name)));
        var age = new Option<double?>("--max-age-hours")
        {
            Description = $"The longest time that work may wait for a run, in hours, up to {MaxHours}.", HelpName = "HOURS",
        };
        NumberText.RefuseComma(age);
        age.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }]
                && double.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var hours)
                && !(hours is >= 1.0 / 60 and <= MaxHours))
            {
                result.AddError($"'--max-age-hours' must be from 0.02 to {MaxHours}.");
            }
        });
        var since = SinceOption.Create(DefaultPeriod);
        var json = new Option<bool>("--json") { Description = "Write the advice as a JSON array." };
        var command = new DocumentedCommand(tool, "advise", "Show which schedules would cost less, by the runs of the history.", Examples)
        {
            job, age, since, json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var services = ToolServices.Build(tool);
            var history = services.GetRequiredService<IRunHistory>();
            var begin = SinceOption.Read(parsed.GetValue(since), services.GetRequiredService<TimeProvider>().GetUtcNow());
            var maxAge = parsed.GetValue(age) is { } hours ? TimeSpan.FromHours(hours) : (TimeSpan?)null;
            var advice = await ScheduleAdvisor.ReadAsync(history, parsed.GetValue(job), begin!.Value, maxAge, cancellationToken);
            tool.Terminal.WriteOmissions(history);
            var registry = services.GetRequiredService<JobRegistry>();
            if (parsed.GetValue(job) is { } name && advice.Count == 0 && !registry.TryFind(name, out _))
            {
                throw new BadInputException(registry.DescribeMissing(name));
            }

            if (parsed.GetValue(json))
            {
                JsonOutput.Write(tool.Terminal, AdviceView.ToJson(advice));
                return ExitCode.Done;
            }

            AdviceView.Write(tool.Terminal.Out, advice);
            tool.Terminal.WriteNote(advice.Count == 0
                ? $"No run since {begin:yyyy-MM-dd} is known ({history.Location}). Look further back with --since."
                : $"By the runs since {begin:yyyy-MM-dd} in {history.Location}. Schedules are in UTC.");
            return ExitCode.Done;
        });
        return command;
    }
}

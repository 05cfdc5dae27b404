using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dispatcher.Reporting.Advice;
using Dispatcher.Reporting.Status;
using Dispatcher.Tool.Terminal;
using Spectre.Console;

namespace Dispatcher.Tool.Commands.Deployment;

/// <summary>The text and the JSON of advice about schedules.</summary>
internal static class AdviceView
{
    /// <summary>Writes the advice as text.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="all">The advice.</param>
    public static void Write(IAnsiConsole output, IReadOnlyList<ScheduleAdvice> all)
    {
        foreach (var advice in all)
        {
            output.WriteLine(Printable.Text(advice.Task is { } task ? $"{advice.Job}  task {task}" : advice.Job));
            WriteFacts(output, advice);
            output.WriteLine(Printable.Text($"  {Name(advice.Verdict),-7}{advice.Reason}"));
            foreach (var option in advice.Options)
            {
                Write(output, option);
            }

            output.WriteLine();
        }
    }

    /// <summary>Creates the JSON of the advice.</summary>
    /// <param name="all">The advice.</param>
    /// <returns>The JSON.</returns>
    public static JsonElement ToJson(IReadOnlyList<ScheduleAdvice> all) =>
        JsonSerializer.SerializeToElement(new JsonArray([.. all.Select(static advice => new JsonObject
        {
            ["job"] = advice.Job,
            ["task"] = advice.Task,
            ["verdict"] = JsonNamingPolicy.CamelCase.ConvertName(advice.Verdict.ToString()),
            ["reason"] = advice.Reason,
            ["runs"] = advice.Runs,
            ["emptyRuns"] = advice.EmptyRuns,
            ["emptyHoursUtc"] = new JsonArray([.. advice.EmptyHours.Select(static hour => JsonValue.Create(hour))]),
            ["intervalSeconds"] = advice.Interval?.TotalSeconds,
            ["runsPerMonth"] = Math.Round(advice.RunsPerMonth),
            ["options"] = new JsonArray([.. advice.Options.Select(static option => new JsonObject
            {
                ["expression"] = option.Expression,
                ["longestWaitHours"] = option.LongestWait.TotalHours,
                ["averageWaitHours"] = option.AverageWait is { } wait ? Math.Round(wait.TotalHours, 2) : null,
                ["runsPerMonth"] = Math.Round(option.RunsPerMonth),
                ["savedRunsPerMonth"] = Math.Round(option.SavedRunsPerMonth),
                ["savedGbSecondsPerMonth"] = option.SavedGigabyteSecondsPerMonth is { } saved ? Math.Round(saved, 1) : null,
            })]),
        })]));

    private static void WriteFacts(IAnsiConsole output, ScheduleAdvice advice)
    {
        if (advice.Verdict == AdviceVerdict.TooLittleHistory)
        {
            return;
        }

        var interval = advice.Interval is { } every ? $"every {AgeText.For(every)}" : "irregular";
        output.WriteLine(Printable.Text($"  runs   {Printable.Number(advice.Runs)}, {interval}, about "
            + $"{Whole(advice.RunsPerMonth)} a month"));
        output.WriteLine(Printable.Text($"  empty  {Printable.Number(advice.EmptyRuns)} "
            + $"({100.0 * advice.EmptyRuns / advice.Runs:0}%)"));
        if (advice.EmptyHours.Count > 0 && advice.EmptyRuns < advice.Runs)
        {
            output.WriteLine(Printable.Text($"  idle   {string.Join(", ", Ranges(advice.EmptyHours))} UTC"));
        }
    }

    private static void Write(IAnsiConsole output, ScheduleOption option)
    {
        output.WriteLine(Printable.Text($"         {option.Expression}"));
        output.WriteLine(Printable.Text($"           nothing waits longer than {AgeText.For(option.LongestWait)}"
            + (option.AverageWait is { } wait ? $", on average {AgeText.For(wait)} at most" : string.Empty)));
        output.WriteLine(Printable.Text($"           saves {Whole(option.SavedRunsPerMonth)} runs a month"
            + (option.SavedGigabyteSecondsPerMonth is { } saved
                ? string.Create(CultureInfo.InvariantCulture, $" and {saved:N0} GB-s of Lambda")
                : string.Empty)));
    }

    /// <summary>Joins hours to ranges: <c>22:00 to 05:59</c> are two of them.</summary>
    private static IEnumerable<string> Ranges(IReadOnlyList<int> hours)
    {
        for (var begin = 0; begin < hours.Count;)
        {
            var end = begin;
            while (end + 1 < hours.Count && hours[end + 1] == hours[end] + 1)
            {
                end++;
            }

            yield return $"{hours[begin]:00}:00 to {hours[end]:00}:59";
            begin = end + 1;
        }
    }

    private static string Whole(double number) => Printable.Number((long)Math.Round(number));

    private static string Name(AdviceVerdict verdict) => verdict switch
    {
        AdviceVerdict.TooLittleHistory => "wait",
        AdviceVerdict.Change => "change",
        _ => "keep",
    };
}

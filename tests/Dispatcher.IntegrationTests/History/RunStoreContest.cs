using System.Diagnostics;
using System.Globalization;
using Dispatcher.Hosting;

namespace Dispatcher.IntegrationTests.History;

/// <summary>Starts processes that compete for the leases of one store, and checks that each lease had one holder at a time.</summary>
internal static class RunStoreContest
{
    /// <summary>Runs the contest.</summary>
    /// <param name="store">The store, as the processes know it: <c>file</c> or <c>table</c>.</param>
    /// <param name="location">Where it is.</param>
    /// <param name="processes">The number of processes.</param>
    /// <param name="turns">The turns of each.</param>
    /// <param name="slots">The slots that all of them want.</param>
    /// <param name="killed">The processes that end a turn and a slot as if they had been killed.</param>
    /// <returns>The ids of all runs that were recorded.</returns>
    public static async Task<IReadOnlyList<string>> RunAsync(string store, string location, int processes, int turns, int slots, int killed)
    {
        var folder = Directory.CreateTempSubdirectory("contest-");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "counter"), "0");
            var outputs = await Task.WhenAll(Enumerable.Range(0, processes).Select(process => StartAsync(
                store, location, folder.FullName, $"{turns}", $"{slots}", process < killed ? "killed" : "whole")));
            var lines = outputs.SelectMany(static output => output.Split('\n')).Select(static line => line.Split(' ')).ToList();
            var takenTurns = lines.Where(static line => line[0] == "turn")
                .Select(static line => (Number: Number(line[1]), Token: Number(line[2]), RunId: line[3]))
                .OrderBy(static turn => turn.Number).ToList();
            var seen = lines.Where(static line => line[0] == "slot").GroupBy(static line => line[1]).ToList();
            using (Assert.EnterMultipleScope())
            {
                Assert.That(await File.ReadAllTextAsync(Path.Combine(folder.FullName, "counter")), Is.EqualTo($"{processes * turns}"));
                Assert.That(takenTurns.Select(static turn => turn.Number), Is.EqualTo(Enumerable.Range(1, processes * turns)));
                Assert.That(takenTurns.Select(static turn => turn.Token), Is.Ordered.And.Unique, "tokens grow from holder to holder");
                Assert.That(folder.GetFiles("effects-*"), Has.Length.EqualTo(slots), "effects");
                Assert.That(seen, Has.Count.EqualTo(slots));
                Assert.That(seen.Select(static slot => slot.Count()), Is.All.EqualTo(processes), "each process learns the outcome");
                Assert.That(seen.Select(static slot => slot.Select(static line => line[2]).Distinct().Count()), Is.All.EqualTo(1));
            }

            return [.. takenTurns.Select(static turn => turn.RunId)];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Checks that the history has exactly these runs.</summary>
    public static async Task AssertRecordedAsync(IRunHistory history, IReadOnlyList<string> runIds)
    {
        var recorded = new List<string>();
        await foreach (var run in history.ListAsync(new RunQuery()))
        {
            recorded.Add(run.RunId);
        }

        Assert.That(recorded, Is.EquivalentTo(runIds));
        Assert.That(history.Omissions, Is.Empty);
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    private static async Task<string> StartAsync(params string[] args)
    {
        var worker = Path.Combine(AppContext.BaseDirectory, "Dispatcher.RunStoreWorker.dll");
        var start = new ProcessStartInfo("dotnet", ["exec", worker, .. args])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.That(process.ExitCode, Is.Zero, error);
        return await output;
    }
}

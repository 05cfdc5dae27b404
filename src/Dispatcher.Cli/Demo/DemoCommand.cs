using System.CommandLine;
using System.Diagnostics;
using Dispatcher.Cli.Samples;
using Dispatcher.LocalServers;
using Dispatcher.LocalServers.Moto;
using Dispatcher.Sqlite;
using Dispatcher.Tool.Commands;
using Dispatcher.Tool.Hosting;
using Dispatcher.Tool.Terminal;
using Spectre.Console;

namespace Dispatcher.Cli.Demo;

/// <summary>The command <c>dispatch demo</c>: shows jobs plan, then work on thousands of items and rows, and checks the result.</summary>
internal static class DemoCommand
{
    private const string Job = "video-upload-cleanup";

    private const string Examples = """
        The demo starts a private AWS emulator (moto, on loopback), fills it with
        2,000 sessions and 3,000 objects, plans the cleanup, runs it twice, and checks
        that everything that had to survive is still there. It writes a plan, touches
        an object and applies the plan, and it kills a run half way and lets the next
        one finish it. Then it enqueues a Celery task, starts an ECS task and calls an
        HTTP endpoint, each delivered twice at once, and checks the results. If
        PostgreSQL is installed, it also runs both database jobs, on a private cluster.
        It stops its servers, also on Ctrl+C. It needs no AWS account and touches none.

        Exit codes: 0 every check passed; 1 a check failed, or a server did not start.

        """;

    /// <summary>The settings of the jobs that would change what the demo expects.</summary>
    private static readonly string[] Interfering =
        ["BATCH_SIZE", "CLEANUP_AGE_HOURS", "CELERY_ALLOWED_TASKS", "CELERY_ROUTING_KEY", "RUNS_TABLE"];

    /// <summary>Gets how the help of the tool lists the command.</summary>
    public static CommandSummary Summary { get; } = new("demo", "Run the jobs on private local servers, and check the results.");

    /// <summary>Creates the command.</summary>
    /// <param name="tool">The tool.</param>
    /// <returns>The command.</returns>
    public static Command Create(ToolContext tool)
    {
        var command = new DocumentedCommand(tool, Summary, Examples);
        command.SetAction((_, cancellationToken) => RunAsync(tool, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ToolContext tool, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        var folder = Directory.CreateTempSubdirectory("dispatch-demo-");
        try
        {
            return await RunAsync(tool, folder, began, cancellationToken);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<int> RunAsync(ToolContext tool, DirectoryInfo folder, long began, CancellationToken cancellationToken)
    {
        Say(tool, "Starting a server that emulates AWS …");
        var moto = await new MotoInstaller(tool.Terminal.WriteNote, LocalFolder.Find()).FindAsync(cancellationToken);
        using var temporary = await moto.StartTemporaryAsync(cancellationToken);
        var server = temporary.Server;
        new LocalEnvironment(server, LocalResources.Variables).ApplyToProcess(Interfering);
        Environment.SetEnvironmentVariable(RunFileSettings.PathKey, Path.Combine(folder.FullName, "runs.db"));
        await LocalResources.EnsureAsync(server, cancellationToken);

        Say(tool, $"Filling it with {Sessions(DemoKinds.All)} sessions and {Objects(DemoKinds.All)} objects …");
        var items = await DemoSeed.FillAsync(tool.Terminal, server, DemoKinds.All, cancellationToken);

        Say(tool, $"Planning: dispatch run {Job} --dry-run …");
        var plan = await RunJobAsync(tool, dryRun: true, cancellationToken);
        var mistakes = DemoCheck.FindChanges(items, await DemoSnapshot.TakeAsync(server, cancellationToken))
            .Select(change => $"The dry run changed something. {change}")
            .ToList();

        Say(tool, $"Cleaning: dispatch run {Job} …");
        var run = await RunJobAsync(tool, dryRun: false, cancellationToken);
        mistakes.AddRange(DemoCheck.FindMistakes(items, await DemoSnapshot.TakeAsync(server, cancellationToken)));

        Say(tool, "Cleaning again, to see that nothing is left …");
        var second = await RunJobAsync(tool, dryRun: false, cancellationToken);
        mistakes.AddRange(DemoCheck.FindMistakes(items, await DemoSnapshot.TakeAsync(server, cancellationToken)));
        mistakes.AddRange(CompareRuns(plan, run, second));

        DemoReport.WriteFates(tool.Terminal.Out, DemoKinds.All);
        DemoReport.WriteFigures(tool.Terminal.Out, [plan, run, second]);
        mistakes.AddRange(await new SafetyDemo(tool, server, folder.FullName).RunAsync(cancellationToken));
        mistakes.AddRange(await new TriggerDemo(tool, server).RunAsync(cancellationToken));
        mistakes.AddRange(await new DatabaseDemo(tool).RunAsync(cancellationToken));
        return Conclude(tool, items.Count, [.. mistakes.Distinct()], Stopwatch.GetElapsedTime(began));
    }

    private static Task<RunRecord> RunJobAsync(ToolContext tool, bool dryRun, CancellationToken cancellationToken) =>
        DemoRun.ExecuteAsync(tool, DemoPayload.Create(Job, dryRun, DemoPayload.CleanupParameters()), cancellationToken);

    private static IEnumerable<string> CompareRuns(RunRecord plan, RunRecord run, RunRecord second)
    {
        foreach (var difference in DemoRun.Compare(plan, run))
        {
            yield return difference;
        }

        // What is left behind is found by the next run, or never.
        if (second.Changes.Proposed != 0)
        {
            yield return $"The second run still found {second.Changes.Proposed} changes to make.";
        }
    }

    private static int Conclude(ToolContext tool, int items, IReadOnlyList<string> mistakes, TimeSpan elapsed)
    {
        if (mistakes.Count > 0)
        {
            DemoReport.WriteMistakes(tool.Terminal, mistakes);
            tool.Terminal.WriteError($"{Printable.Count(mistakes.Count, "check")} failed.");
            return ExitCode.Failed;
        }

        var line = new Paragraph(" AS EXPECTED ", new Style(Color.Black, Color.Green, Decoration.Bold));
        line.Append(
            $" {Printable.Number(items)} items checked one by one: what had to survive is there, what had to go is gone, "
            + $"and the second run found nothing left. A plan left what was touched since, a run finished "
            + $"what a killed one had begun, and a slot delivered twice at once enqueued one task, started one, and sent one request. "
            + $"{Printable.Duration((long)elapsed.TotalMilliseconds)}.");
        tool.Terminal.Out.Write(line);
        tool.Terminal.Out.WriteLine();
        tool.Terminal.Out.WriteLine();
        tool.Terminal.Out.WriteLine("Next: look around yourself with  eval \"$(dispatch local up --sample)\"  and  dispatch list");
        return ExitCode.Done;
    }

    private static void Say(ToolContext tool, string step) => tool.Terminal.Out.WriteLine(step);

    private static string Sessions(IEnumerable<DemoKind> kinds) =>
        Printable.Number(kinds.Where(kind => kind.Session is not null).Sum(kind => kind.Count));

    private static string Objects(IEnumerable<DemoKind> kinds) =>
        Printable.Number(kinds.Where(kind => kind.ObjectKey is not null).Sum(kind => kind.Count));
}

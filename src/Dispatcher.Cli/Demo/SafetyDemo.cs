using System.Diagnostics;
using System.Text.Json.Nodes;
using Amazon.S3.Model;
using Dispatcher.Cli.Samples;
using Dispatcher.LocalServers.Moto;
using Dispatcher.Tool.Commands.Running;
using Dispatcher.Tool.Hosting;
using Spectre.Console;

namespace Dispatcher.Cli.Demo;

/// <summary>
/// The part of the demo that shows what happens when something comes in between: a plan is applied after one of its objects was touched,
/// and a run is killed half way and finished by the next one.
/// </summary>
/// <param name="tool">The tool, to whose terminal it writes.</param>
/// <param name="server">The server that emulates S3 and DynamoDB.</param>
/// <param name="folder">The folder for the plan.</param>
internal sealed class SafetyDemo(ToolContext tool, MotoServer server, string folder)
{
    private const string Job = "video-upload-cleanup";
    private const int Planned = 20;
    private const int Interrupted = 300;
    private const string LeaseSeconds = "10";

    // So slow that the run is not over before it is killed, even if it takes seconds to count what is gone.
    private const string ChangesPerSecond = "25";

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(0.2);

    /// <summary>Shows both.</summary>
    /// <param name="cancellationToken">Fires when the person gives up.</param>
    /// <returns>What is not as it has to be, one sentence each.</returns>
    public async Task<IReadOnlyList<string>> RunAsync(CancellationToken cancellationToken) =>
        [.. await ShowPlanAsync(cancellationToken), .. await ShowKilledRunAsync(cancellationToken)];

    private async Task<IReadOnlyList<string>> ShowPlanAsync(CancellationToken cancellationToken)
    {
        tool.Terminal.Out.WriteLine($"Writing a plan for {Planned} expired uploads, touching one object, and applying the plan …");
        var items = await FillAsync(Planned, cancellationToken);
        var plan = Path.Combine(folder, "plan.jsonl");
        await ExecuteAsync(new JsonObject
        {
            ["job"] = Job, ["dryRun"] = true, ["plan"] = plan, ["parameters"] = DemoPayload.CleanupParameters(),
        }, cancellationToken);
        using (var s3 = server.CreateS3())
        {
            var touched = new PutObjectRequest { BucketName = LocalResources.Bucket, Key = items[0].Key, ContentBody = "touched" };
            await s3.PutObjectAsync(touched, cancellationToken);
        }

        var applied = await ExecuteAsync(new JsonObject { ["job"] = Job, ["plan"] = plan }, cancellationToken);
        tool.Terminal.Out.WriteLine(applied.Summary);
        PlanDifferenceView.Write(tool.Terminal.Out, applied);

        var found = await DemoSnapshot.TakeAsync(server, cancellationToken);
        return
        [
            .. DemoCheck.FindMistakes([.. items.Skip(1)], found),
            .. DemoCheck.FindChanges([items[0]], found).Select(change => $"The plan touched what had changed. {change}"),
            .. applied.Plan?.Changed?.Any(change => change.Target.Contains(items[0].Key, StringComparison.Ordinal)) == true
                ? Array.Empty<string>()
                : [$"The run that applied the plan does not name {items[0].Key}, which was touched."],
        ];
    }

    private async Task<IReadOnlyList<string>> ShowKilledRunAsync(CancellationToken cancellationToken)
    {
        tool.Terminal.Out.WriteLine($"Killing a run of {Interrupted} expired uploads half way, and running again …");
        var items = await FillAsync(Interrupted, cancellationToken);
        Environment.SetEnvironmentVariable("Leases__DurationSeconds", LeaseSeconds);
        var removed = await KillHalfWayAsync(items, cancellationToken);

        // The next run is skipped until the lease of the killed one has expired.
        RunRecord next;
        while ((next = await ExecuteAsync(DemoRunPayload(), cancellationToken)).Status == JobStatus.Skipped)
        {
            await Task.Delay(Pause, cancellationToken);
        }

        tool.Terminal.Out.WriteLine(
            $"Killed a run after it had removed {removed} of {Interrupted} uploads; the next one finished: {next.Summary}");
        return
        [
            .. DemoCheck.FindMistakes(items, await DemoSnapshot.TakeAsync(server, cancellationToken)),
            .. removed is > 0 and < Interrupted
                ? Array.Empty<string>()
                : [$"The run was not killed half way, but after {removed} uploads."],
        ];
    }

    /// <summary>Starts the run in a process, and kills that when a fifth of the objects is gone.</summary>
    /// <returns>How many objects were gone.</returns>
    private async Task<int> KillHalfWayAsync(IReadOnlyList<DemoItem> items, CancellationToken cancellationToken)
    {
        using var process = Process.Start(ToolProcess.Create(
            ["run", Job, "--json", "--max-changes-per-second", ChangesPerSecond,
             .. DemoPayload.CleanupParameters().SelectMany(value => new[] { "-p", $"{value.Key}={value.Value}" })]))!;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            while (!process.HasExited && await CountRemovedAsync(items, cancellationToken) < Interrupted / 5)
            {
                await Task.Delay(Pause, cancellationToken);
            }

            process.Kill();
            await Task.WhenAll(output, errors, process.WaitForExitAsync(cancellationToken));
        }
        finally
        {
            process.Kill();
        }

        return await CountRemovedAsync(items, cancellationToken);
    }

    private async Task<int> CountRemovedAsync(IReadOnlyList<DemoItem> items, CancellationToken cancellationToken)
    {
        var found = await DemoSnapshot.TakeAsync(server, cancellationToken);
        return items.Count(item => !found.Objects.Contains(item.Key));
    }

    private Task<IReadOnlyList<DemoItem>> FillAsync(int count, CancellationToken cancellationToken) =>
        DemoSeed.FillAsync(tool.Terminal, server, [DemoKinds.Expired with { Count = count }], cancellationToken);

    private static JsonObject DemoRunPayload() => new() { ["job"] = Job, ["parameters"] = DemoPayload.CleanupParameters() };

    private Task<RunRecord> ExecuteAsync(JsonObject payload, CancellationToken cancellationToken) =>
        DemoRun.ExecuteAsync(tool, DemoPayload.Read(payload), cancellationToken);
}

using Dispatcher.LocalServers.Moto;
using Dispatcher.Tool.Hosting;
using Dispatcher.Tool.Terminal;
using Spectre.Console;

namespace Dispatcher.Cli.Demo;

/// <summary>
/// The part of the demo that shows the jobs that start something elsewhere: a Celery task, an ECS task, an HTTP call. Each is planned, then
/// delivered twice at once for the same slot; the demo looks at what the server has.
/// </summary>
/// <param name="tool">The tool, to whose terminal it writes.</param>
/// <param name="server">The server that emulates SQS and ECS.</param>
internal sealed class TriggerDemo(ToolContext tool, MotoServer server)
{
    /// <summary>Runs the jobs.</summary>
    /// <param name="cancellationToken">Fires when the person gives up.</param>
    /// <returns>What is not as it has to be, one sentence each.</returns>
    public async Task<IReadOnlyList<string>> RunAsync(CancellationToken cancellationToken)
    {
        tool.Terminal.Out.WriteLine(
            "Enqueuing a task, starting a container and calling an endpoint, each delivered twice at once …");
        using var queue = new DemoQueue(server);
        using var cluster = new DemoCluster(server);
        using var endpoint = new DemoEndpoint();

        var mistakes = new List<string>();
        var works = new List<StartedWork>();
        foreach (var target in (DemoTarget[])[queue, cluster, endpoint])
        {
            works.Add(await ShowAsync(target, mistakes, cancellationToken));
        }

        DemoReport.WriteStarted(tool.Terminal.Out, works);
        return mistakes;
    }

    /// <summary>Compares what is on a server with what a run has to leave.</summary>
    /// <param name="target">The server.</param>
    /// <param name="found">What is there.</param>
    /// <returns>One sentence per difference.</returns>
    internal static IEnumerable<string> FindMistakes(DemoTarget target, IReadOnlyList<string> found)
    {
        if (found.Count != 1)
        {
            yield return $"{target.Job} left {Printable.Count(found.Count, "thing")} on the server, instead of 1.";
        }

        foreach (var other in found.Where(text => text != target.Expected))
        {
            yield return $"{target.Job} left '{other}' on the server, instead of '{target.Expected}'.";
        }
    }

    private async Task<StartedWork> ShowAsync(DemoTarget target, List<string> mistakes, CancellationToken cancellationToken)
    {
        var slot = $"demo-{Guid.NewGuid().ToString()[..8]}";
        var parameters = await target.PrepareAsync(slot, cancellationToken);

        var plan = await DemoRun.ExecuteAsync(tool, DemoPayload.Create(target.Job, dryRun: true, parameters, slot), cancellationToken);
        mistakes.AddRange((await target.LookAsync(cancellationToken)).Select(found => $"The dry run of {target.Job} left something: "
            + $"{found}."));

        var payload = DemoPayload.Create(target.Job, dryRun: false, parameters, slot);
        var runs = await Task.WhenAll(
            DemoRun.ExecuteAsync(tool, payload, cancellationToken), DemoRun.ExecuteAsync(tool, payload, cancellationToken));
        RunRecord[] ordered = [.. runs.OrderBy(static run => run.Status == JobStatus.Skipped)];
        var found = await target.LookAsync(cancellationToken);
        mistakes.AddRange(FindMistakes(target, found));
        mistakes.AddRange(DemoRun.Compare(plan, ordered[0]));
        if (ordered[1].Status != JobStatus.Skipped)
        {
            mistakes.Add($"The second delivery of a slot of {target.Job} was not skipped, but {ordered[1].Status}.");
        }

        return new StartedWork([plan, .. ordered], found);
    }
}

using Dispatcher.LocalServers.Moto;
using Dispatcher.Tool.Hosting;
using Dispatcher.Tool.Terminal;
using Spectre.Console;

namespace Dispatcher.Cli.Demo;

/// <summary>
/// The part of the demo that shows the jobs that start something elsewhere: a Celery task, an ECS task, an HTTP call. Each is planned, run,
/// and run again for the same slot, as a delivery that comes twice would; after each run the demo looks at what the server has.
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
            "Enqueuing a task, starting a container and calling an endpoint, then delivering the same slots again …");
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
    /// <param name="most">How often it may be there.</param>
    /// <returns>One sentence per difference.</returns>
    internal static IEnumerable<string> FindMistakes(DemoTarget target, IReadOnlyList<string> found, int most)
    {
        if (found.Count < 1 || found.Count > most)
        {
            yield return $"{target.Job} left {Printable.Count(found.Count, "thing")} on the server, "
                + $"instead of 1{(most > 1 ? $" to {most}" : string.Empty)}.";
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
        var run = await DemoRun.ExecuteAsync(tool, payload, cancellationToken);
        mistakes.AddRange(FindMistakes(target, await target.LookAsync(cancellationToken), most: 1));
        mistakes.AddRange(DemoRun.Compare(plan, run));

        var second = await DemoRun.ExecuteAsync(tool, payload, cancellationToken);
        var found = await target.LookAsync(cancellationToken);
        mistakes.AddRange(FindMistakes(target, found, target.MostAfterTwoRuns));
        return new StartedWork([plan, run, second], found);
    }
}

using System.Text.Json;
using Dispatcher.Hosting;
using Dispatcher.Sqlite;
using Dispatcher.Tool.Hosting;
using Dispatcher.Tool.Terminal;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dispatcher.Cli.Demo;

/// <summary>Functions that run a job for the demo.</summary>
internal static class DemoRun
{
    /// <summary>Runs a job on the servers that the environment names.</summary>
    /// <param name="tool">The tool.</param>
    /// <param name="payload">The payload.</param>
    /// <param name="cancellationToken">Fires when the person gives up.</param>
    /// <returns>How it went.</returns>
    /// <exception cref="CommandFailedException">It failed.</exception>
    public static async Task<RunRecord> ExecuteAsync(ToolContext tool, JsonElement payload, CancellationToken cancellationToken)
    {
        var stages = new StageTracker();

        // The job warns of each item that it reports, which the demo makes by the dozen.
        await using var services = ToolServices.Build(tool, LogLevel.Error, stages, configure: KeepRuns);
        var request = services.GetRequiredService<JobRequestReader>().Read(payload);
        var run = services.GetRequiredService<IJobDispatcher>().DispatchAsync(request, cancellationToken);
        var summary = await ProgressBar.ShowAsync(tool.Terminal.Live, stages, run);
        cancellationToken.ThrowIfCancellationRequested();
        return summary.Status != JobStatus.Failed
            ? summary
            : throw new CommandFailedException($"The {(summary.DryRun ? "dry run" : "run")} of {summary.Job} failed: {summary.Summary}");
    }

    /// <summary>Compares runs: a plan that differs from the run would make either of them worthless.</summary>
    /// <param name="plan">The dry run.</param>
    /// <param name="run">The run after it.</param>
    /// <returns>One sentence per difference.</returns>
    public static IEnumerable<string> Compare(RunRecord plan, RunRecord run)
    {
        if (plan.Changes.Proposed != run.Changes.Applied)
        {
            yield return $"The dry run of {plan.Job} planned {plan.Changes.Proposed} changes, but the run made {run.Changes.Applied}.";
        }

        foreach (var name in plan.Counts.Keys.Intersect(run.Counts.Keys).Where(name => plan.Count(name) != run.Count(name)))
        {
            yield return $"The dry run of {plan.Job} counted {plan.Count(name)} {name}, but the run {run.Count(name)}.";
        }
    }

    /// <summary>Keeps the runs in the demo's file, so that a slot is run once.</summary>
    private static void KeepRuns(IServiceCollection services) => services.AddMaintenanceDispatcher().AddRunFile(
        new RunFileSettings(Environment.GetEnvironmentVariable(RunFileSettings.PathKey)!));
}

using Amazon.EventBridge;
using Amazon.Scheduler;
using Dispatcher.Deployment.Inspection;
using Dispatcher.Reporting.Status;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Tool.Remote.Pauses;

/// <summary>A reader of the pauses of a stack.</summary>
internal static class PauseReader
{
    /// <summary>Reads which jobs are paused.</summary>
    /// <param name="services">The services of <see cref="RemoteServices.Build"/>.</param>
    /// <param name="stack">The stack.</param>
    /// <param name="inspection">The template of the stack.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <returns>
    /// The pause of each job that has rules or schedules, all of which are disabled: the last one that the tool remembers, or one without
    /// a name and a time.
    /// </returns>
    public static async Task<IReadOnlyDictionary<string, JobPause>> ReadAsync(
        IServiceProvider services, RemoteStack stack, TemplateInspection inspection, CancellationToken cancellationToken)
    {
        var triggers = new StackTriggers(
            stack, services.GetRequiredService<IAmazonEventBridge>(), services.GetRequiredService<IAmazonScheduler>());
        return Summarize(await triggers.ReadAsync(inspection, static _ => true, cancellationToken));
    }

    /// <summary>Determines which jobs are paused.</summary>
    /// <param name="triggers">The deployed rules and schedules.</param>
    /// <returns>The pauses, by job.</returns>
    internal static IReadOnlyDictionary<string, JobPause> Summarize(IEnumerable<StackTrigger> triggers) =>
        triggers.GroupBy(static trigger => trigger.Job, StringComparer.Ordinal)
            .Where(static job => job.All(static trigger => !trigger.Switch.IsEnabled))
            .ToDictionary(static job => job.Key, static job => Describe(job), StringComparer.Ordinal);

    private static JobPause Describe(IEnumerable<StackTrigger> triggers) =>
        triggers.Select(static trigger => trigger.Switch.Pause).OfType<PauseMark>().MaxBy(static pause => pause.Since) is { } pause
            ? new JobPause(pause.Reason, pause.By, pause.Since)
            : new JobPause("disabled, and not by 'pause'");
}

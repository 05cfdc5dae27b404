using System.Diagnostics;

namespace Dispatcher.Diagnostics;

/// <summary>
/// Functions that create the spans of the source <c>Dispatcher</c>: a run, its attempts, and each call of the change gate. They return
/// <see langword="null"/> unless somebody listens. No span has the target or the evidence of a change.
/// </summary>
internal static class RunActivities
{
    private const string Name = "Dispatcher";

    private static readonly ActivitySource Source = new(Name);

    public static Activity? StartRun(JobContext context)
    {
        if (!Source.HasListeners() || Source.StartActivity($"job {context.Job}") is not { } run)
        {
            return null;
        }

        return run.SetTag("job.name", context.Job).SetTag("job.run_id", context.RunId).SetTag("job.dry_run", context.DryRun);
    }

    /// <summary>Adds to the span of a run how it ended.</summary>
    public static void EndRun(Activity? run, RunRecord record, Exception? exception)
    {
        if (run is null)
        {
            return;
        }

        run.SetTag("job.status", StatusNames.Of(record.Status)).SetTag("job.attempts", record.Attempts);
        if (record.Status == JobStatus.Failed)
        {
            run.SetTag("error.type", exception?.GetType().FullName ?? "_OTHER");
        }

        run.SetStatus(record.Status == JobStatus.Failed ? ActivityStatusCode.Error : ActivityStatusCode.Ok, record.Summary);
    }

    public static Activity? StartAttempt(JobContext context) => Source.StartActivity("attempt")?.SetTag("job.attempt", context.Attempt);

    /// <summary>Starts the span of one call of the change gate, named after the action, or <c>changes</c> if there are several.</summary>
    public static Activity? StartChanges(IReadOnlyList<Change> changes)
    {
        if (!Source.HasListeners())
        {
            return null;
        }

        var action = CommonAction(changes);
        var batch = Source.StartActivity(action is null ? "changes" : $"change {action}");
        if (action is not null)
        {
            batch?.SetTag("change.action", action);
        }

        return batch?.SetTag("change.count", changes.Count);
    }

    /// <summary>Adds to the span of changes how many of them failed, or may have been made.</summary>
    public static void EndChanges(Activity? batch, IReadOnlyList<ChangeOutcome> outcomes)
    {
        if (batch is null)
        {
            return;
        }

        var applied = outcomes.Count(static outcome => outcome.Kind == ChangeOutcomeKind.Applied);
        var failed = outcomes.Count(static outcome => outcome.Kind is ChangeOutcomeKind.Failed or ChangeOutcomeKind.Unknown);
        batch.SetTag("change.applied", applied).SetTag("change.failed", failed);
        if (failed > 0)
        {
            batch.SetStatus(ActivityStatusCode.Error);
        }
    }

    /// <summary>Marks a span as failed by an exception. The message stays out: it is in the record of the run.</summary>
    public static void Fail(Activity? span, Exception exception) =>
        span?.SetTag("error.type", exception.GetType().FullName).SetStatus(ActivityStatusCode.Error);

    private static string? CommonAction(IReadOnlyList<Change> changes)
    {
        var first = changes[0].Action;
        return changes.All(change => change.Action == first) ? first : null;
    }
}

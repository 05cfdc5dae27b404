using Dispatcher.Jobs.VideoUploads.Objects;
using Dispatcher.Jobs.VideoUploads.Rules;

namespace Dispatcher.Jobs.VideoUploads.Sessions;

/// <summary>
/// The part of the selection that needs the size of objects. They are looked up together, and only if a rule asks for a size.
/// </summary>
internal sealed class SizeFilter(CleanupContext run, UploadBucket bucket)
{
    private readonly ObjectFinder _finder = new(run, bucket);

    /// <summary>Leaves out the plans that would change a session which the rules do not select.</summary>
    public async Task<List<SessionPlan>> SelectAsync(List<SessionPlan> plans, CancellationToken cancellationToken)
    {
        if (!run.Selector.UsesSize)
        {
            return plans;
        }

        var changing = plans.Where(static plan => plan.Action is SessionAction.Remove or SessionAction.Quarantine or SessionAction.Review);
        var objects = await _finder.FindAsync(changing.Select(static plan => plan.Session.Key!), cancellationToken);
        return plans.FindAll(plan => !objects.TryGetValue(plan.Session.Key!, out var found) || IsSelected(plan, found));
    }

    /// <summary>Determines whether the rules select a session with an object of this size.</summary>
    public bool Selects(UploadSession session, long? bytes) => run.Selector.Selects(new ItemFacts(session.Key!, bytes, session.Rules));

    private bool IsSelected(SessionPlan plan, ObjectLookup found)
    {
        if (found.Error is { } error)
        {
            run.Context.Errors.Add(run.DescribeObject(plan.Session.Key!), error);
            return false;
        }

        // The size of an upload with parts is not known before it is completed.
        long? size = plan.Upload == UploadState.HasParts ? null : found.Object?.Size ?? 0;
        run.Selector.ExamineAgain(new ItemFacts(plan.Session.Key!, size, plan.Session.Rules));
        if (Selects(plan.Session, size))
        {
            return true;
        }

        run.Context.Counters.Add(CleanupCounts.SessionsNotSelected);
        return false;
    }
}

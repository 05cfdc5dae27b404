namespace Dispatcher;

/// <summary>The exception thrown when a run would exceed its limit of changes. Nothing beyond the limit was changed.</summary>
public sealed class ChangeLimitExceededException : PermanentJobException
{
    internal ChangeLimitExceededException(string job, long limit, long made, long wanted)
        : base($"Job '{job}' may change at most {limit} items in one run, but has changed {made} and wants to change {wanted} more. "
               + "Look at the plan of a dry run; if it is right, raise the limit: MAX_CHANGES, or the job's own.")
    {
        Limit = limit;
    }

    /// <summary>Gets the most changes that a run may make.</summary>
    public long Limit { get; }
}

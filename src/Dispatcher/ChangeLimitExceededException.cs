namespace Dispatcher;

/// <summary>The exception thrown when a run would exceed one of its limits. Nothing beyond the limit was changed.</summary>
public sealed class ChangeLimitExceededException : PermanentJobException
{
    internal ChangeLimitExceededException(string message, string limitName, long limit)
        : base(message)
    {
        LimitName = limitName;
        Limit = limit;
    }

    /// <summary>Gets the name of the limit as payloads spell it: <c>maxChanges</c>, <c>maxChangesPercent</c> or <c>maxBytes</c>.</summary>
    public string LimitName { get; }

    /// <summary>Gets the most changes that the run may make, in the case of <c>maxBytes</c> the most bytes that it may free.</summary>
    public long Limit { get; }
}

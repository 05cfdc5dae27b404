namespace Dispatcher;

/// <summary>
/// Tells clients of outside services that they run in a dry run, and keeps what they refused. It stands behind the change gate,
/// for a job that forgets the gate.
/// </summary>
/// <remarks>
/// A client asks <see cref="Current"/> before each call and, where there is a guard and the call is not a read, throws what
/// <see cref="Refuse"/> returns. The run then fails even if the job swallows the exception.
/// </remarks>
public sealed class DryRunGuard
{
    private static readonly AsyncLocal<DryRunGuard?> CurrentGuard = new();

    private volatile DryRunViolationException? _violation;

    private DryRunGuard()
    {
    }

    /// <summary>Gets the guard of the dry run that this code runs in, or <see langword="null"/> where changes are allowed.</summary>
    public static DryRunGuard? Current => CurrentGuard.Value;

    /// <summary>Gets the first call that was refused.</summary>
    public DryRunViolationException? Violation => _violation;

    /// <summary>Records that a call is refused.</summary>
    /// <param name="operation">The call, for example <c>S3 DeleteObject</c>.</param>
    /// <returns>The exception to throw.</returns>
    public DryRunViolationException Refuse(string operation)
    {
        var violation = new DryRunViolationException(operation);
        Interlocked.CompareExchange(ref _violation, violation, null);
        return violation;
    }

    /// <summary>Puts a guard over everything that the calling asynchronous flow goes on to do.</summary>
    /// <returns>The guard.</returns>
    public static DryRunGuard Begin()
    {
        var guard = new DryRunGuard();
        CurrentGuard.Value = guard;
        return guard;
    }
}

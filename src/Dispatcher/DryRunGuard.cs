namespace Dispatcher;

/// <summary>
/// The guard of a dry run, for jobs that bypass the change gate: clients of outside services ask it before each call, and it keeps the
/// first call that was refused.
/// </summary>
/// <remarks>
/// A client reads <see cref="Current"/> before each call. If there is a guard and the call is not a read, the client throws the exception
/// that <see cref="Refuse"/> returns. The run then fails even if the job swallows the exception.
/// </remarks>
public sealed class DryRunGuard
{
    private static readonly AsyncLocal<DryRunGuard?> CurrentGuard = new();

    private volatile DryRunViolationException? _violation;

    private DryRunGuard()
    {
    }

    /// <summary>Gets the guard of the dry run that this code runs in, or <see langword="null"/> if changes are allowed.</summary>
    public static DryRunGuard? Current => CurrentGuard.Value;

    /// <summary>Gets the exception for the first call that was refused.</summary>
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

    /// <summary>Guards everything that the calling asynchronous flow does from now on.</summary>
    /// <returns>The guard.</returns>
    public static DryRunGuard Begin()
    {
        var guard = new DryRunGuard();
        CurrentGuard.Value = guard;
        return guard;
    }
}

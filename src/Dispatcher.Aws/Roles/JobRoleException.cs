namespace Dispatcher.Aws.Roles;

/// <summary>
/// The exception for a job whose role cannot be used. It is not one of the SDK's: the client whose call needs the role would retry those,
/// and the call to STS has been retried already.
/// </summary>
internal sealed class JobRoleException : Exception
{
    /// <summary>Creates the exception for a wrong configuration.</summary>
    /// <param name="message">What is wrong, and what to do.</param>
    public JobRoleException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception for a call to STS that failed.</summary>
    /// <param name="message">Which job cannot use which role.</param>
    /// <param name="cause">The exception of the call.</param>
    public JobRoleException(string message, Exception cause)
        : base(message) => Cause = cause;

    /// <summary>
    /// Gets the exception of the call to STS. It is not an inner exception, because the SDK reads those to decide what to retry.
    /// </summary>
    public Exception? Cause { get; }
}

namespace Dispatcher;

/// <summary>Says that a dry run tried to change something past the change gate. The call was refused and the run fails.</summary>
public sealed class DryRunViolationException : PermanentJobException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="operation">What was refused, for example <c>S3 DeleteObject</c>.</param>
    public DryRunViolationException(string operation)
        : base($"A dry run called {operation} outside of the change gate; the call was refused. "
               + "This is a bug in the job: pass the call to context.Changes.ApplyAsync.")
    {
        Operation = operation;
    }

    /// <summary>Gets what was refused.</summary>
    public string Operation { get; }
}

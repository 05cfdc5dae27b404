namespace Amazon.Lambda.RuntimeSupport;

/// <summary>Holds the result of an invocation.</summary>
public class InvocationResponse
{
    /// <summary>Creates a result whose stream is disposed after it was sent.</summary>
    /// <param name="outputStream">The result.</param>
    public InvocationResponse(Stream outputStream)
        : this(outputStream, true)
    {
    }

    /// <summary>Creates a result.</summary>
    /// <param name="outputStream">The result.</param>
    /// <param name="disposeOutputStream">Whether to dispose the stream after it was sent.</param>
    public InvocationResponse(Stream outputStream, bool disposeOutputStream)
    {
        ArgumentNullException.ThrowIfNull(outputStream);
        OutputStream = outputStream;
        DisposeOutputStream = disposeOutputStream;
    }

    /// <summary>Gets or sets the result.</summary>
    public Stream OutputStream { get; set; }

    /// <summary>Gets whether to dispose the stream after it was sent.</summary>
    public bool DisposeOutputStream { get; private set; }
}

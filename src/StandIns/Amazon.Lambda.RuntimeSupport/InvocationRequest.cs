using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>Holds an event and its context.</summary>
public class InvocationRequest : IDisposable
{
    internal InvocationRequest()
    {
    }

    /// <summary>Gets the event.</summary>
    public Stream InputStream { get; internal set; }

    /// <summary>Gets the context.</summary>
    public ILambdaContext LambdaContext { get; internal set; }

    /// <summary>Disposes the event's stream.</summary>
    public void Dispose()
    {
        InputStream?.Dispose();
        GC.SuppressFinalize(this);
    }
}

using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>Turns a handler of any shape into a <see cref="LambdaBootstrapHandler"/>.</summary>
public class HandlerWrapper : IDisposable
{
    private HandlerWrapper(LambdaBootstrapHandler handler, ILambdaSerializer serializer)
    {
        Handler = handler;
        Serializer = serializer;
    }

    /// <summary>Gets the handler.</summary>
    public LambdaBootstrapHandler Handler { get; private set; }

    internal ILambdaSerializer Serializer { get; }

    /// <summary>Wraps a handler that reads and writes streams.</summary>
    /// <param name="handler">The handler.</param>
    /// <returns>The wrapper.</returns>
    public static HandlerWrapper GetHandlerWrapper(Func<Stream, ILambdaContext, Task<Stream>> handler) =>
        new(async invocation => new InvocationResponse(await handler(invocation.InputStream, invocation.LambdaContext)), null);

    /// <summary>Wraps a handler that has no result.</summary>
    /// <typeparam name="TInput">The type of the event.</typeparam>
    /// <param name="handler">The handler.</param>
    /// <param name="serializer">The serializer of the event.</param>
    /// <returns>The wrapper.</returns>
    public static HandlerWrapper GetHandlerWrapper<TInput>(Func<TInput, ILambdaContext, Task> handler, ILambdaSerializer serializer) =>
        new(
            async invocation =>
            {
                await handler(serializer.Deserialize<TInput>(invocation.InputStream), invocation.LambdaContext);
                return new InvocationResponse(new MemoryStream());
            },
            serializer);

    /// <summary>Wraps a handler that reads the event as a stream and has a result.</summary>
    /// <typeparam name="TOutput">The type of the result.</typeparam>
    /// <param name="handler">The handler.</param>
    /// <param name="serializer">The serializer of the result.</param>
    /// <returns>The wrapper.</returns>
    public static HandlerWrapper GetHandlerWrapper<TOutput>(
        Func<Stream, ILambdaContext, Task<TOutput>> handler, ILambdaSerializer serializer) =>
        new(async invocation => Respond(await handler(invocation.InputStream, invocation.LambdaContext), serializer), serializer);

    /// <summary>Wraps a handler that has a result.</summary>
    /// <typeparam name="TInput">The type of the event.</typeparam>
    /// <typeparam name="TOutput">The type of the result.</typeparam>
    /// <param name="handler">The handler.</param>
    /// <param name="serializer">The serializer of the event and the result.</param>
    /// <returns>The wrapper.</returns>
    public static HandlerWrapper GetHandlerWrapper<TInput, TOutput>(
        Func<TInput, ILambdaContext, Task<TOutput>> handler, ILambdaSerializer serializer) =>
        new(
            async invocation => Respond(
                await handler(serializer.Deserialize<TInput>(invocation.InputStream), invocation.LambdaContext), serializer),
            serializer);

    /// <summary>Does nothing: the wrapper holds nothing between invocations.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Does nothing: the wrapper holds nothing between invocations.</summary>
    /// <param name="disposing">Whether <see cref="Dispose()"/> was called.</param>
    protected virtual void Dispose(bool disposing)
    {
    }

    private static InvocationResponse Respond<TOutput>(TOutput output, ILambdaSerializer serializer)
    {
        var stream = new MemoryStream();
        serializer.Serialize(output, stream);
        stream.Position = 0;
        return new InvocationResponse(stream);
    }
}

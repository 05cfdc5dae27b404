using Amazon.Lambda.Core;
using Amazon.Lambda.RuntimeSupport.Bootstrap;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>Puts a <see cref="LambdaBootstrap"/> together.</summary>
public class LambdaBootstrapBuilder
{
    private readonly HandlerWrapper _handlerWrapper;
    private readonly LambdaBootstrapOptions _options = new();
    private HttpClient _httpClient;
    private LambdaBootstrapInitializer _initializer;

    private LambdaBootstrapBuilder(HandlerWrapper handlerWrapper) => _handlerWrapper = handlerWrapper;

    /// <summary>Starts with a handler that reads and writes streams.</summary>
    /// <param name="handler">The handler.</param>
    /// <returns>The builder.</returns>
    public static LambdaBootstrapBuilder Create(Func<Stream, ILambdaContext, Task<Stream>> handler) =>
        new(HandlerWrapper.GetHandlerWrapper(handler));

    /// <summary>Starts with a handler that has no result.</summary>
    /// <typeparam name="TInput">The type of the event.</typeparam>
    /// <param name="handler">The handler.</param>
    /// <param name="serializer">The serializer of the event.</param>
    /// <returns>The builder.</returns>
    public static LambdaBootstrapBuilder Create<TInput>(Func<TInput, ILambdaContext, Task> handler, ILambdaSerializer serializer) =>
        new(HandlerWrapper.GetHandlerWrapper(handler, serializer));

    /// <summary>Starts with a handler that reads the event as a stream and has a result.</summary>
    /// <typeparam name="TOutput">The type of the result.</typeparam>
    /// <param name="handler">The handler.</param>
    /// <param name="serializer">The serializer of the result.</param>
    /// <returns>The builder.</returns>
    public static LambdaBootstrapBuilder Create<TOutput>(
        Func<Stream, ILambdaContext, Task<TOutput>> handler, ILambdaSerializer serializer) =>
        new(HandlerWrapper.GetHandlerWrapper(handler, serializer));

    /// <summary>Starts with a handler that has a result.</summary>
    /// <typeparam name="TInput">The type of the event.</typeparam>
    /// <typeparam name="TOutput">The type of the result.</typeparam>
    /// <param name="handler">The handler.</param>
    /// <param name="serializer">The serializer of the event and the result.</param>
    /// <returns>The builder.</returns>
    public static LambdaBootstrapBuilder Create<TInput, TOutput>(
        Func<TInput, ILambdaContext, Task<TOutput>> handler, ILambdaSerializer serializer) =>
        new(HandlerWrapper.GetHandlerWrapper(handler, serializer));

    /// <summary>Uses a client of the caller's own for the Runtime API.</summary>
    /// <param name="httpClient">The client; its timeout is lifted.</param>
    /// <returns>The builder.</returns>
    public LambdaBootstrapBuilder UseHttpClient(HttpClient httpClient)
    {
        _httpClient = httpClient;
        return this;
    }

    /// <summary>Runs an initializer before the first invocation.</summary>
    /// <param name="lambdaBootstrapInitializer">The initializer.</param>
    /// <returns>The builder.</returns>
    public LambdaBootstrapBuilder UseBootstrapHandler(LambdaBootstrapInitializer lambdaBootstrapInitializer)
    {
        _initializer = lambdaBootstrapInitializer;
        return this;
    }

    /// <summary>Changes the settings of the loop.</summary>
    /// <param name="options">Receives the settings.</param>
    /// <returns>The builder.</returns>
    public LambdaBootstrapBuilder ConfigureOptions(Action<LambdaBootstrapOptions> options = null)
    {
        options?.Invoke(_options);
        return this;
    }

    /// <summary>Builds the loop.</summary>
    /// <returns>The loop.</returns>
    public LambdaBootstrap Build() => _httpClient is null
        ? new LambdaBootstrap(_handlerWrapper, _options, _initializer)
        : new LambdaBootstrap(_httpClient, _handlerWrapper, _options, _initializer);
}

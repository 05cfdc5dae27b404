using Amazon.Lambda.Core;
using Amazon.Lambda.RuntimeSupport.Bootstrap;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>Serves invocations one after the other, by the Lambda Runtime API.</summary>
public class LambdaBootstrap : IDisposable
{
    private readonly HttpClient _httpClient;
    private readonly bool _ownsHttpClient;
    private readonly LambdaBootstrapHandler _handler;
    private readonly ILambdaSerializer _serializer;
    private readonly LambdaBootstrapInitializer _initializer;
    private readonly LambdaBootstrapOptions _options;
    private readonly ConsoleLog _log = ConsoleLog.Install();

    /// <summary>Creates the loop.</summary>
    /// <param name="handler">The handler.</param>
    /// <param name="initializer">Runs before the first invocation; null for none.</param>
    public LambdaBootstrap(LambdaBootstrapHandler handler, LambdaBootstrapInitializer initializer = null)
        : this(RuntimeApi.CreateHttpClient(), true, handler, null, new LambdaBootstrapOptions(), initializer)
    {
    }

    /// <summary>Creates the loop.</summary>
    /// <param name="httpClient">The client for the Runtime API; its timeout is lifted.</param>
    /// <param name="handler">The handler.</param>
    /// <param name="initializer">Runs before the first invocation; null for none.</param>
    public LambdaBootstrap(HttpClient httpClient, LambdaBootstrapHandler handler, LambdaBootstrapInitializer initializer = null)
        : this(httpClient, false, handler, null, new LambdaBootstrapOptions(), initializer)
    {
    }

    /// <summary>Creates the loop.</summary>
    /// <param name="handlerWrapper">The handler.</param>
    /// <param name="lambdaBootstrapOptions">The settings.</param>
    /// <param name="initializer">Runs before the first invocation; null for none.</param>
    public LambdaBootstrap(
        HandlerWrapper handlerWrapper, LambdaBootstrapOptions lambdaBootstrapOptions, LambdaBootstrapInitializer initializer = null)
        : this(
            RuntimeApi.CreateHttpClient(), true, handlerWrapper?.Handler, handlerWrapper?.Serializer, lambdaBootstrapOptions, initializer)
    {
    }

    /// <summary>Creates the loop.</summary>
    /// <param name="httpClient">The client for the Runtime API; its timeout is lifted.</param>
    /// <param name="handlerWrapper">The handler.</param>
    /// <param name="lambdaBootstrapOptions">The settings.</param>
    /// <param name="initializer">Runs before the first invocation; null for none.</param>
    public LambdaBootstrap(
        HttpClient httpClient,
        HandlerWrapper handlerWrapper,
        LambdaBootstrapOptions lambdaBootstrapOptions,
        LambdaBootstrapInitializer initializer = null)
        : this(httpClient, false, handlerWrapper?.Handler, handlerWrapper?.Serializer, lambdaBootstrapOptions, initializer)
    {
    }

    private LambdaBootstrap(
        HttpClient httpClient,
        bool ownsHttpClient,
        LambdaBootstrapHandler handler,
        ILambdaSerializer serializer,
        LambdaBootstrapOptions options,
        LambdaBootstrapInitializer initializer)
    {
        ArgumentNullException.ThrowIfNull(httpClient);
        ArgumentNullException.ThrowIfNull(handler);
        _httpClient = httpClient;
        _ownsHttpClient = ownsHttpClient;
        _handler = handler;
        _serializer = serializer;
        _options = options;
        _initializer = initializer;

        // The next event may be hours away: the service freezes the process while it waits.
        _httpClient.Timeout = Timeout.InfiniteTimeSpan;
    }

    /// <summary>Serves invocations until the token is cancelled or the Runtime API fails.</summary>
    /// <param name="cancellationToken">Ends the loop; it then returns without an exception.</param>
    /// <returns>A task that ends with the loop.</returns>
    /// <exception cref="InvalidOperationException">Nothing names the Runtime API.</exception>
    /// <exception cref="HttpRequestException">The Runtime API failed.</exception>
    public async Task RunAsync(CancellationToken cancellationToken = default)
    {
        var environment = FunctionEnvironment.Read(_options);
        var api = new RuntimeApi(_httpClient, environment.RuntimeApi, _log);
        if (!await InitializeAsync(api, cancellationToken)
            || (SnapshotCallbacks.AreUsed && !await RestoreAsync(api, cancellationToken)))
        {
            return;
        }

        try
        {
            while (!cancellationToken.IsCancellationRequested)
            {
                await ServeOneAsync(api, environment, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Asked to stop: an empty queue of events ends like this.
        }
    }

    /// <summary>Disposes the client, if the loop made it.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Disposes the client, if the loop made it.</summary>
    /// <param name="disposing">Whether <see cref="Dispose()"/> was called.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing && _ownsHttpClient)
        {
            _httpClient.Dispose();
        }
    }

    private async Task<bool> InitializeAsync(RuntimeApi api, CancellationToken cancellationToken)
    {
        try
        {
            return _initializer is null || await _initializer();
        }
        catch (Exception exception)
        {
            _log.Write(LogLevel.Error, exception, null, []);
            await api.ReportInitializationErrorAsync(exception, cancellationToken);
            throw;
        }
    }

    /// <summary>Lets the service take the snapshot. The call of the service returns in each process that is restored from it.</summary>
    private async Task<bool> RestoreAsync(RuntimeApi api, CancellationToken cancellationToken)
    {
        var callbacks = new SnapshotCallbacks();
        try
        {
            await callbacks.CallBeforeSnapshotAsync();
            await api.RestoreNextAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return false;
        }
        catch (Exception exception)
        {
            // The package reports a restore that failed in the same way.
            _log.Write(LogLevel.Error, exception, null, []);
            await api.ReportInitializationErrorAsync(exception, cancellationToken, "Runtime.BeforeSnapshotError");
            return false;
        }

        try
        {
            await callbacks.CallAfterRestoreAsync();
            return true;
        }
        catch (Exception exception)
        {
            _log.Write(LogLevel.Error, exception, null, []);
            await api.ReportRestoreErrorAsync(exception, cancellationToken);
            return false;
        }
    }

    private async Task ServeOneAsync(RuntimeApi api, FunctionEnvironment environment, CancellationToken cancellationToken)
    {
        using var invocation = await api.NextAsync(environment, _serializer, cancellationToken);
        var context = invocation.LambdaContext;

        // The AWS SDK and the X-Ray libraries look for the trace here.
        Environment.SetEnvironmentVariable("_X_AMZN_TRACE_ID", context.TraceId);
        _log.RequestId = context.AwsRequestId;

        InvocationResponse response;
        try
        {
            response = await _handler(invocation);
        }
        catch (Exception exception)
        {
            _log.Write(LogLevel.Error, exception, null, []);
            await api.ReportInvocationErrorAsync(context.AwsRequestId, exception, cancellationToken);
            return;
        }

        try
        {
            await api.RespondAsync(context.AwsRequestId, response?.OutputStream, cancellationToken);
        }
        finally
        {
            if (response is { DisposeOutputStream: true })
            {
                response.OutputStream.Dispose();
            }
        }
    }
}

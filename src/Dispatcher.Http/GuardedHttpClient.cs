using System.Net;
using Dispatcher.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Dispatcher.Http;

/// <summary>
/// The <see cref="HttpClient"/> that jobs share: behind the dry-run guard, without redirects, cookies and timeout, and without connections
/// to a <see cref="ForbiddenAddress"/>. A proxy of the environment resolves names itself. It sends each request once; retries are the
/// run's.
/// </summary>
public static class GuardedHttpClient
{
    /// <summary>The key under which the client is registered; one that is registered earlier replaces it.</summary>
    public const string Key = "Dispatcher.Http";

    private const string RuntimeApiKey = "AWS_LAMBDA_RUNTIME_API";

    /// <summary>Adds the client, which is created when a job first runs.</summary>
    /// <param name="builder">The dispatcher.</param>
    /// <returns>The dispatcher.</returns>
    public static IDispatcherBuilder AddGuardedHttpClient(this IDispatcherBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddSingleton(static services =>
        {
            var first = services.GetService<FirstAnswerLimit>();
            return new RenewableHandler(() => CreateHandler(handler => handler.ConnectTimeout = first?.Time ?? handler.ConnectTimeout));
        });
        builder.Services.TryAddEnumerable(
            ServiceDescriptor.Singleton<ISnapshotState, RenewableHandler>(
                static services => services.GetRequiredService<RenewableHandler>()));
        builder.Services.TryAddKeyedSingleton(Key, static (services, _) => Guard(services.GetRequiredService<RenewableHandler>()));
        return builder;
    }

    /// <summary>Creates a client.</summary>
    /// <param name="configure">Changes the handler, for example which certificates it trusts.</param>
    /// <returns>The client.</returns>
    public static HttpClient Create(Action<SocketsHttpHandler>? configure = null) => Guard(CreateHandler(configure));

    internal static HttpClient Create(Action<SocketsHttpHandler>? configure, GuardedConnection connection) =>
        Guard(CreateHandler(configure, connection));

    private static SocketsHttpHandler CreateHandler(Action<SocketsHttpHandler>? configure) => CreateHandler(
        configure, new GuardedConnection(Dns.GetHostAddressesAsync, Environment.GetEnvironmentVariable(RuntimeApiKey)));

    private static SocketsHttpHandler CreateHandler(Action<SocketsHttpHandler>? configure, GuardedConnection connection)
    {
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = connection.ConnectAsync,
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectTimeout = TimeSpan.FromSeconds(15),

            // A frozen execution environment wakes up with connections that are long gone, and to addresses that may have changed.
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            Proxy = new DirectLoopbackProxy(HttpClient.DefaultProxy),

            // Without this, what a job leaves unread is read all the same to save the connection.
            MaxResponseDrainSize = 0,
        };
        configure?.Invoke(handler);
        return handler;
    }

    // Each call sets its own timeout.
    private static HttpClient Guard(HttpMessageHandler connections) =>
        new(new DryRunHttpHandler(new SingleSendHandler(connections))) { Timeout = Timeout.InfiniteTimeSpan };
}

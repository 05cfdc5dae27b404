using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Dispatcher.Http;

/// <summary>
/// The <see cref="HttpClient"/> that jobs share: behind the dry-run guard, without redirects, cookies and timeout. It sends each request
/// once; retries are the run's.
/// </summary>
public static class GuardedHttpClient
{
    /// <summary>The key under which the client is registered; one that is registered earlier replaces it.</summary>
    public const string Key = "Dispatcher.Http";

    /// <summary>Adds the client, which is created when a job first runs.</summary>
    /// <param name="builder">The dispatcher.</param>
    /// <returns>The dispatcher.</returns>
    public static IDispatcherBuilder AddGuardedHttpClient(this IDispatcherBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddKeyedSingleton(Key, static (_, _) => Create());
        return builder;
    }

    /// <summary>Creates a client.</summary>
    /// <param name="configure">Changes the handler, for example which certificates it trusts.</param>
    /// <returns>The client.</returns>
    public static HttpClient Create(Action<SocketsHttpHandler>? configure = null)
    {
        var handler = new SocketsHttpHandler
        {
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

        // Each call has a timeout of its own.
        return new HttpClient(new DryRunHttpHandler(new SingleSendHandler(handler))) { Timeout = Timeout.InfiniteTimeSpan };
    }
}

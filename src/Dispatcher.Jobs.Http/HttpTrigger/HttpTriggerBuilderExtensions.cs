using Dispatcher.Jobs.Http.Secrets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Dispatcher.Jobs.Http.HttpTrigger;

/// <summary>Registers the job.</summary>
public static class HttpTriggerBuilderExtensions
{
    /// <summary>The name that payloads use.</summary>
    public const string DefaultName = "http-trigger";

    /// <summary>The key under which the job's <see cref="HttpClient"/> is registered; one registered before takes its place.</summary>
    public const string ClientKey = "http-trigger";

    /// <summary>Adds the job and the one client that all of its runs share, made when the job first runs.</summary>
    /// <param name="builder">The dispatcher.</param>
    /// <param name="name">The name that payloads use.</param>
    /// <returns>The dispatcher.</returns>
    public static IDispatcherBuilder AddHttpTrigger(this IDispatcherBuilder builder, string name = DefaultName)
    {
        ArgumentNullException.ThrowIfNull(builder);

        builder.Services.AddOptions<HttpTriggerOptions>().BindConfiguration("HttpTrigger");
        builder.Services.TryAddKeyedSingleton(ClientKey, static (_, _) => CreateClient());
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IFailureRule, EndpointFailureRule>());
        builder.Services.TryAddSingleton<SecretsExtension>();
        builder.Services.TryAddSingleton<SecretReader>();
        builder.Services.TryAddSingleton<HttpEndpoints>();
        builder.Services.TryAddSingleton<EndpointClient>();
        return builder.AddJob<HttpTriggerJob, HttpTriggerParameters>(
            name,
            HttpTriggerJsonContext.Default.HttpTriggerParameters,
            static options => options.Description = "Calls an HTTP endpoint and fails unless it answers with success.");
    }

    internal static HttpClient CreateClient(Action<SocketsHttpHandler>? configure = null)
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
        return new HttpClient(new DryRunHttpHandler(handler)) { Timeout = Timeout.InfiniteTimeSpan };
    }
}

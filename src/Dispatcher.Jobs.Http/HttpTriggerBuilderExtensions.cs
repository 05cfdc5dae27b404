using Dispatcher.Aws.Signing;
using Dispatcher.Http.Secrets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Dispatcher.Jobs.Http;

/// <summary>Extension methods that register the job.</summary>
public static class HttpTriggerBuilderExtensions
{
    /// <summary>The name that payloads use.</summary>
    public const string DefaultName = "http-trigger";

    /// <summary>Adds the job and what it uses: the shared HTTP client, and the reader of secrets.</summary>
    /// <param name="builder">The dispatcher.</param>
    /// <param name="name">The name that payloads use.</param>
    /// <param name="configure">Sets further options of the job, such as a deployment for each endpoint.</param>
    /// <returns>The dispatcher.</returns>
    public static IDispatcherBuilder AddHttpTrigger(
        this IDispatcherBuilder builder, string name = DefaultName, Action<JobOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);

        builder.Services.AddOptions<HttpTriggerOptions>().BindConfiguration("HttpTrigger");
        builder.Services.TryAddSingleton<HttpEndpoints>();
        builder.Services.TryAddSingleton<EndpointClient>();
        builder.Services.TryAddSingleton<CallSecretsReader>();
        return builder.AddSecrets().AddAwsRequestSigner().AddJob<HttpTriggerJob, HttpTriggerParameters>(
            name,
            static () => HttpTriggerJsonContext.Default.HttpTriggerParameters,
            options =>
            {
                options.Description = "Calls an HTTP endpoint and fails unless it answers with success.";
                options.TaskParameter = "endpoint";
                configure?.Invoke(options);
            });
    }
}

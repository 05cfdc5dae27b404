using Amazon.SQS;
using Dispatcher.Aws;
using Dispatcher.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Dispatcher.Jobs.Celery.CeleryEnqueue;

/// <summary>Registers the job.</summary>
public static class CeleryEnqueueBuilderExtensions
{
    /// <summary>The name that payloads use.</summary>
    public const string DefaultName = "celery-enqueue";

    /// <summary>Adds the job and the client that it uses.</summary>
    /// <param name="builder">The dispatcher.</param>
    /// <param name="name">The name that payloads use.</param>
    /// <returns>The dispatcher.</returns>
    public static IDispatcherBuilder AddCeleryEnqueue(this IDispatcherBuilder builder, string name = DefaultName)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddOptions<RetryOptions>();
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IFailureRule, TasksNotSentRule>());
        return builder
            .AddAwsClient<IAmazonSQS>(static () => new AmazonSQSClient())
            .AddJob<CeleryEnqueueJob, CeleryEnqueueParameters>(
                name,
                CeleryEnqueueJsonContext.Default.CeleryEnqueueParameters,
                static options => options.Description = "Puts Celery tasks on an SQS queue, for a worker to run.");
    }
}

using Amazon.SQS;
using Dispatcher.Aws;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Jobs.Celery;

/// <summary>Extension methods that register the job.</summary>
public static class CeleryEnqueueBuilderExtensions
{
    /// <summary>The name that payloads use.</summary>
    public const string DefaultName = "celery-enqueue";

    /// <summary>Adds the job and the client that it uses.</summary>
    /// <param name="builder">The dispatcher.</param>
    /// <param name="name">The name that payloads use.</param>
    /// <returns>The dispatcher.</returns>
    public static IDispatcherBuilder AddCeleryEnqueue(this IDispatcherBuilder builder, string name = DefaultName) =>
        builder.AddCeleryEnqueue(name, static _ => { });

    /// <summary>Adds the job with further options, and the client that it uses.</summary>
    /// <param name="builder">The dispatcher.</param>
    /// <param name="name">The name that payloads use.</param>
    /// <param name="configure">
    /// Sets further options of the job, for example that one run at a time fills a queue:
    /// <c>options.PreventOverlap&lt;CeleryEnqueueParameters&gt;(parameters => parameters.QueueName ?? $"{parameters.QueueUrl}")</c>.
    /// </param>
    /// <returns>The dispatcher.</returns>
    public static IDispatcherBuilder AddCeleryEnqueue(
        this IDispatcherBuilder builder, string name, Action<JobOptions> configure) => builder
        .AddAwsClient<IAmazonSQS>(static () => new AmazonSQSClient())
        .AddJob<CeleryEnqueueJob, CeleryEnqueueParameters>(
            name,
            static () => CeleryEnqueueJsonContext.Default.CeleryEnqueueParameters,
            options =>
            {
                options.Description = "Puts Celery tasks on an SQS queue, for a worker to run.";
                options.TaskParameter = "task";
                options.Deploy(CeleryDeployment.Declare);
                configure(options);
            });
}

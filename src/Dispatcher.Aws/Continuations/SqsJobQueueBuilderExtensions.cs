using Amazon.SQS;
using Dispatcher.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Dispatcher.Aws.Continuations;

/// <summary>Extensions that register an SQS queue for continuations.</summary>
public static class SqsJobQueueBuilderExtensions
{
    /// <summary>
    /// Queues the remaining work of a run that reached its deadline. The queue has to be an event source of the function. Needs the
    /// permission <c>sqs:SendMessage</c>.
    /// </summary>
    /// <param name="builder">The dispatcher.</param>
    /// <param name="queue">The queue.</param>
    /// <returns>The dispatcher. A sender that is already registered is kept.</returns>
    public static IDispatcherBuilder AddSqsJobQueue(this IDispatcherBuilder builder, JobQueueSettings queue)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(queue);

        builder.AddAwsClient<IAmazonSQS>(static () => new AmazonSQSClient());
        builder.Services.TryAddSingleton<IRequestSender>(
            services => new SqsRequestSender(queue, new Lazy<IAmazonSQS>(services.GetRequiredService<IAmazonSQS>)));
        return builder;
    }
}

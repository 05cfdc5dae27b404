using Amazon.SQS;
using Dispatcher.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Dispatcher.Aws.Continuations;

/// <summary>Registers an SQS queue for continuations.</summary>
public static class SqsContinuationBuilderExtensions
{
    /// <summary>
    /// Queues what a run has left at its deadline, for the function to go on with: the queue has to be one of its event sources. Needs the
    /// permission <c>sqs:SendMessage</c>.
    /// </summary>
    /// <param name="builder">The dispatcher.</param>
    /// <param name="queue">The queue.</param>
    /// <returns>The dispatcher. A sender that is registered already stays.</returns>
    public static IDispatcherBuilder AddSqsContinuations(this IDispatcherBuilder builder, JobQueue queue)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(queue);

        builder.AddAwsClient<IAmazonSQS>(static () => new AmazonSQSClient());
        builder.Services.TryAddSingleton<IContinuationSender>(
            services => new SqsContinuationSender(queue, new Lazy<IAmazonSQS>(services.GetRequiredService<IAmazonSQS>)));
        return builder;
    }
}

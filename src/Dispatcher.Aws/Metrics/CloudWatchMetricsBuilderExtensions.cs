using Amazon.CloudWatch;
using Dispatcher.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Aws.Metrics;

/// <summary>Extensions that register CloudWatch as a metrics sink.</summary>
public static class CloudWatchMetricsBuilderExtensions
{
    /// <summary>
    /// Sends the metrics of every run to CloudWatch with PutMetricData, for hosts whose output CloudWatch does not read. In AWS Lambda the
    /// embedded metric format does the same without a call. Needs the permission <c>cloudwatch:PutMetricData</c>.
    /// </summary>
    /// <param name="builder">The dispatcher.</param>
    /// <returns>The dispatcher. Calling this again changes nothing.</returns>
    public static IDispatcherBuilder AddCloudWatchMetrics(this IDispatcherBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);

        builder.AddAwsClient<IAmazonCloudWatch>(static () => new AmazonCloudWatchClient());
        if (!builder.Services.Any(static service => service.ServiceType == typeof(CloudWatchMetricsSink)))
        {
            builder.Services.AddSingleton(static services =>
                new CloudWatchMetricsSink(new Lazy<IAmazonCloudWatch>(services.GetRequiredService<IAmazonCloudWatch>)));
            builder.Services.AddSingleton<IMetricsSink>(static services => services.GetRequiredService<CloudWatchMetricsSink>());
        }

        return builder;
    }
}

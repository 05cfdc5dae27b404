using Dispatcher.Aws.Metrics;
using Dispatcher.Cli.Terminal;
using Dispatcher.Registration;
using Microsoft.Extensions.Configuration;

namespace Dispatcher.Cli.Hosting;

/// <summary>Registers where the metrics of a run go that is no Lambda invocation.</summary>
internal static class RunMetricsBuilderExtensions
{
    private const string Key = "METRICS_SINK";

    /// <summary>
    /// Sends metrics to CloudWatch where <c>METRICS_SINK</c> is <c>cloudwatch</c>, as in a container on ECS. Otherwise nowhere: the lines that Lambda's
    /// log is read for would only be in a person's way.
    /// </summary>
    /// <param name="builder">The dispatcher.</param>
    /// <param name="configuration">The environment.</param>
    /// <returns>The dispatcher.</returns>
    /// <exception cref="BadInputException">The environment names a place that there is not.</exception>
    public static IDispatcherBuilder AddRunMetrics(this IDispatcherBuilder builder, IConfiguration configuration) =>
        configuration[Key]?.Trim().ToUpperInvariant() switch
        {
            "CLOUDWATCH" => builder.AddCloudWatchMetrics(),
            null or "" or "EMF" or "NONE" => builder,
            _ => throw new BadInputException($"The environment variable {Key} is '{configuration[Key]}'. Set it to cloudwatch, emf or none."),
        };
}

using Dispatcher.Aws.Metrics;
using Dispatcher.Text;
using Microsoft.Extensions.Configuration;

namespace Dispatcher.Lambda;

/// <summary>The supported metrics sinks. The configuration key <c>METRICS_SINK</c> selects one.</summary>
public static class MetricsSinks
{
    private const string Key = "METRICS_SINK";
    private const string Default = "emf";

    private static readonly Dictionary<string, Func<IDispatcherBuilder, IDispatcherBuilder>> Sinks = new(StringComparer.OrdinalIgnoreCase)
    {
        ["cloudwatch"] = static builder => builder.AddCloudWatchMetrics(),
        [Default] = static builder => builder.AddEmfMetrics(),
        ["none"] = static builder => builder,
    };

    /// <summary>Adds the configured metrics sink.</summary>
    /// <param name="builder">The dispatcher.</param>
    /// <param name="configuration">The configuration; without <c>METRICS_SINK</c> the sink is <c>emf</c>.</param>
    /// <param name="inLambda">
    /// Whether the host is Lambda, which turns lines of the embedded metric format into metrics. Other hosts write no such lines.
    /// </param>
    /// <returns>The dispatcher.</returns>
    /// <exception cref="InvalidOperationException">The configuration names an unknown sink.</exception>
    public static IDispatcherBuilder AddConfiguredMetrics(
        this IDispatcherBuilder builder, IConfiguration configuration, bool inLambda = true)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configuration);

        var name = string.IsNullOrWhiteSpace(configuration[Key]) ? Default : configuration[Key]!.Trim();
        if (!Sinks.TryGetValue(name, out var add))
        {
            var names = string.Join(", ", Sinks.Keys.Order(StringComparer.Ordinal));
            throw new InvalidOperationException(
                $"The environment variable {Key} is '{Redaction.Value(name)}'. Set it to one of: {names}.");
        }

        return inLambda || !name.Equals(Default, StringComparison.OrdinalIgnoreCase) ? add(builder) : builder;
    }
}

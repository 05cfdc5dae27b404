using Dispatcher.Aws.Metrics;
using Dispatcher.Lambda;
using Dispatcher.Text;
using Microsoft.Extensions.Configuration;

namespace Dispatcher.Function;

/// <summary>The supported metrics sinks. The configuration key <c>METRICS_SINK</c> selects one.</summary>
internal static class MetricsSinks
{
    internal const string Key = "METRICS_SINK";

    private const string Default = "emf";

    private static readonly SortedDictionary<string, Func<IDispatcherBuilder, IDispatcherBuilder>> Sinks =
        new(StringComparer.OrdinalIgnoreCase)
    {
        ["cloudwatch"] = static builder => builder.AddCloudWatchMetrics(),
        [Default] = static builder => builder.AddEmfMetrics(),
        ["none"] = static builder => builder,
    };

    /// <summary>Adds the configured sink, by default lines in the embedded metric format.</summary>
    /// <exception cref="InvalidOperationException">The configuration names an unknown sink.</exception>
    public static IDispatcherBuilder AddConfiguredMetrics(this IDispatcherBuilder builder, IConfiguration configuration)
    {
        var name = configuration[Key] is { Length: > 0 } given ? given.Trim() : Default;
        return Sinks.TryGetValue(name, out var add)
            ? add(builder)
            : throw new InvalidOperationException(
                $"The environment variable {Key} is '{Redaction.Value(name)}'. Set it to one of: {string.Join(", ", Sinks.Keys)}.");
    }
}

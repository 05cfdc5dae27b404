using System.Text.Json;

namespace Dispatcher.Function.Tests.Template;

/// <summary>A metric that an alarm or a dashboard reads.</summary>
/// <param name="Namespace">The namespace.</param>
/// <param name="Name">The metric's name.</param>
/// <param name="Dimensions">The dimensions as <c>Name=Value</c>, in the order of their names and between commas.</param>
/// <param name="Statistic">The statistic.</param>
/// <param name="Period">The period in seconds.</param>
internal sealed record WatchedMetric(string Namespace, string Name, string Dimensions, string Statistic, int Period)
{
    /// <summary>Reads a metric of an alarm.</summary>
    /// <param name="metric">What holds its name.</param>
    /// <param name="statistic">What holds its statistic.</param>
    public WatchedMetric(JsonElement metric, JsonElement statistic)
        : this(
            metric.GetProperty("Namespace").GetString()!,
            metric.GetProperty("MetricName").GetString()!,
            EmittedMetric.Describe(ReadDimensions(metric)),
            (statistic.TryGetProperty("Stat", out var stat) ? stat : statistic.GetProperty("Statistic")).GetString()!,
            statistic.GetProperty("Period").GetInt32())
    {
    }

    /// <summary>Gets whether the code emits it, and not AWS.</summary>
    public bool IsOurs => !Namespace.StartsWith("AWS/", StringComparison.Ordinal);

    public bool IsFedBy(EmittedMetric metric) => metric.Namespace == Namespace && metric.Name == Name && metric.Dimensions == Dimensions;

    /// <summary>Makes the statistic of what was emitted within one period.</summary>
    /// <returns>The value, or <see langword="null"/> where nothing of it was emitted.</returns>
    public double? Of(IEnumerable<EmittedMetric> emitted)
    {
        double[] values = [.. emitted.Where(IsFedBy).Select(metric => metric.Value)];
        return values.Length == 0 ? null : Statistic switch
        {
            "Sum" => values.Sum(),
            "Maximum" => values.Max(),
            _ => throw new InvalidOperationException($"{this} is a statistic that the tests cannot make."),
        };
    }

    public override string ToString() => $"{Statistic} of {Namespace} {Name}{(Dimensions.Length == 0 ? string.Empty : $"[{Dimensions}]")}";

    private static IEnumerable<(string Name, string Value)> ReadDimensions(JsonElement metric) =>
        metric.TryGetProperty("Dimensions", out var dimensions)
            ? dimensions.EnumerateArray()
                .Select(dimension => (dimension.GetProperty("Name").GetString()!, dimension.GetProperty("Value").GetString()!))
            : [];
}

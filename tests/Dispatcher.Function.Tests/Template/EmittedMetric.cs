using System.Text;
using System.Text.Json;

namespace Dispatcher.Function.Tests.Template;

/// <summary>A metric as CloudWatch extracts it from the function's output.</summary>
/// <param name="Namespace">The namespace.</param>
/// <param name="Name">The metric's name.</param>
/// <param name="Dimensions">The dimensions as <c>Name=Value</c>, in the order of their names and between commas.</param>
/// <param name="Unit">The unit.</param>
/// <param name="Value">The value.</param>
internal sealed record EmittedMetric(string Namespace, string Name, string Dimensions, string Unit, double Value)
{
    public static string Describe(IEnumerable<(string Name, string Value)> dimensions) =>
        string.Join(
            ',',
            dimensions.OrderBy(dimension => dimension.Name, StringComparer.Ordinal)
                .Select(dimension => $"{dimension.Name}={dimension.Value}"));

    /// <summary>Takes the metrics out of output, by the specification of the embedded metric format.</summary>
    public static IEnumerable<EmittedMetric> Extract(byte[] output) =>
        from line in Encoding.UTF8.GetString(output)
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line))
        where line.TryGetProperty("_aws", out _)
        from directive in line.GetProperty("_aws").GetProperty("CloudWatchMetrics").EnumerateArray()
        from dimensions in directive.GetProperty("Dimensions").EnumerateArray()
        from metric in directive.GetProperty("Metrics").EnumerateArray()
        let name = metric.GetProperty("Name").GetString()!
        select new EmittedMetric(
            directive.GetProperty("Namespace").GetString()!,
            name,
            Describe(
                dimensions.EnumerateArray()
                    .Select(dimension => (dimension.GetString()!, line.GetProperty(dimension.GetString()!).GetString()!))),
            metric.GetProperty("Unit").GetString()!,
            line.GetProperty(name).GetDouble());
}

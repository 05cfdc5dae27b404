using System.Globalization;
using System.Text.Json;

namespace Dispatcher.Function.Tests.Template;

/// <summary>Is an alarm as CloudWatch describes it.</summary>
internal sealed class Alarm
{
    public Alarm(JsonElement content)
    {
        Name = content.GetProperty("AlarmName").GetString()!;
        Expression = Metric(content, "Expression")?.GetProperty("Expression").GetString();
        Metrics = content.TryGetProperty("MetricName", out _)
            ? [new WatchedMetric(content, content)]
            : [.. content.GetProperty("Metrics").EnumerateArray().Where(query => query.TryGetProperty("MetricStat", out _))
                .Select(query => query.GetProperty("MetricStat")).Select(stat => new WatchedMetric(stat.GetProperty("Metric"), stat))];
        EvaluationPeriods = content.GetProperty("EvaluationPeriods").GetInt32();
        Threshold = content.GetProperty("Threshold").GetDouble();
        Operator = content.GetProperty("ComparisonOperator").GetString()!;
        MissingData = content.GetProperty("TreatMissingData").GetString()!;
        AlarmActions = Strings(content, "AlarmActions");
        OkActions = Strings(content, "OKActions");
    }

    public string Name { get; }

    /// <summary>Gets the metrics that it watches: one, or those of its expression.</summary>
    public IReadOnlyList<WatchedMetric> Metrics { get; }

    public string? Expression { get; }

    public int EvaluationPeriods { get; }

    public double Threshold { get; }

    public string Operator { get; }

    public string MissingData { get; }

    public string[] AlarmActions { get; }

    public string[] OkActions { get; }

    /// <summary>Says in one line what makes it go off.</summary>
    public override string ToString()
    {
        var watched = string.Join(" + ", Metrics.Select(metric => metric.ToString()));
        var comparison = Operator switch
        {
            "GreaterThanThreshold" => ">",
            "GreaterThanOrEqualToThreshold" => ">=",
            "LessThanThreshold" => "<",
            _ => Operator,
        };
        return string.Create(CultureInfo.InvariantCulture, $"{Name}: {watched} {comparison} {Threshold}, {EvaluationPeriods} x {Metrics[0].Period} s, missing: {MissingData}");
    }

    /// <summary>Tells whether values of its one metric, emitted within one period, are beyond its threshold.</summary>
    public bool IsBreachedBy(IEnumerable<EmittedMetric> emitted)
    {
        var watched = Metrics.Single();
        double[] values = [.. emitted.Where(watched.IsFedBy).Select(metric => metric.Value)];
        if (values.Length == 0)
        {
            return MissingData == "breaching";
        }

        var value = watched.Statistic == "Sum" ? values.Sum() : values.Max();
        return Operator switch
        {
            "GreaterThanThreshold" => value > Threshold,
            "GreaterThanOrEqualToThreshold" => value >= Threshold,
            "LessThanThreshold" => value < Threshold,
            _ => throw new InvalidOperationException($"The alarm {Name} compares by {Operator}."),
        };
    }

    private static JsonElement? Metric(JsonElement content, string member) =>
        content.GetProperty("Metrics").EnumerateArray().Where(query => query.TryGetProperty(member, out _)).Select(query => (JsonElement?)query).FirstOrDefault();

    private static string[] Strings(JsonElement content, string member) => [.. content.GetProperty(member).EnumerateArray().Select(value => value.GetString()!)];
}

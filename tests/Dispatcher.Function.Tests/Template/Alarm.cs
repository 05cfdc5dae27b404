using System.Globalization;
using System.Text.Json;

namespace Dispatcher.Function.Tests.Template;

/// <summary>An alarm as CloudWatch describes it.</summary>
internal sealed class Alarm
{
    private readonly Dictionary<string, WatchedMetric> _terms = [];

    public Alarm(JsonElement content)
    {
        Name = content.GetProperty("AlarmName").GetString()!;
        Description = content.GetProperty("AlarmDescription").GetString()!;
        if (content.TryGetProperty("MetricName", out _))
        {
            Metrics = [new WatchedMetric(content, content)];
        }
        else
        {
            var queries = content.GetProperty("Metrics").EnumerateArray().ToLookup(query => query.GetProperty("ReturnData").GetBoolean());
            Expression = queries[true].Single().GetProperty("Expression").GetString();
            foreach (var query in queries[false])
            {
                var stat = query.GetProperty("MetricStat");
                _terms.Add(query.GetProperty("Id").GetString()!, new WatchedMetric(stat.GetProperty("Metric"), stat));
            }

            Metrics = [.. _terms.Values];
        }

        EvaluationPeriods = content.GetProperty("EvaluationPeriods").GetInt32();
        Threshold = content.GetProperty("Threshold").GetDouble();
        Operator = content.GetProperty("ComparisonOperator").GetString()!;
        MissingData = content.GetProperty("TreatMissingData").GetString()!;
        AlarmActions = Strings(content, "AlarmActions");
        OkActions = Strings(content, "OKActions");
    }

    public string Name { get; }

    public string Description { get; }

    /// <summary>Gets the metrics that it watches: one, or those of its expression.</summary>
    public IReadOnlyList<WatchedMetric> Metrics { get; }

    public string? Expression { get; }

    public int EvaluationPeriods { get; }

    public double Threshold { get; }

    public string Operator { get; }

    public string MissingData { get; }

    public string[] AlarmActions { get; }

    public string[] OkActions { get; }

    /// <summary>Describes in one line when the alarm goes off.</summary>
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
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Name}: {watched} {comparison} {Threshold}, {EvaluationPeriods} x {Metrics[0].Period} s, missing: {MissingData}");
    }

    /// <summary>Tells whether what was emitted within one period is beyond its threshold.</summary>
    public bool IsBreachedBy(IReadOnlyCollection<EmittedMetric> emitted)
    {
        if (Evaluate(emitted) is not { } value)
        {
            return MissingData == "breaching";
        }

        return Operator switch
        {
            "GreaterThanThreshold" => value > Threshold,
            "GreaterThanOrEqualToThreshold" => value >= Threshold,
            "LessThanThreshold" => value < Threshold,
            _ => throw new InvalidOperationException($"The alarm {Name} compares by {Operator}."),
        };
    }

    /// <summary>
    /// Makes the value that is compared: that of the one metric, or of an expression, which may only add. A sum has no value where one of
    /// its terms has none. See https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html.
    /// </summary>
    private double? Evaluate(IReadOnlyCollection<EmittedMetric> emitted) =>
        Expression is null
            ? Metrics.Single().Of(emitted)
            : Expression.Split('+', StringSplitOptions.TrimEntries)
                .Select(term => Term(term).Of(emitted)).Aggregate((double?)0, (sum, value) => sum + value);

    private WatchedMetric Term(string id) =>
        _terms.TryGetValue(id, out var metric)
            ? metric
            : throw new InvalidOperationException(
                $"The alarm {Name} computes '{Expression}', and '{id}' is none of {string.Join(", ", _terms.Keys)}.");

    private static string[] Strings(JsonElement content, string member) =>
        [.. content.GetProperty(member).EnumerateArray().Select(value => value.GetString()!)];
}

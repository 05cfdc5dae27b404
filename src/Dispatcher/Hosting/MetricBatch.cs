namespace Dispatcher.Hosting;

/// <summary>Is what one run measured in one namespace.</summary>
/// <param name="Namespace">The CloudWatch namespace.</param>
/// <param name="Dimensions">The dimensions, the same for all values; none is allowed.</param>
/// <param name="Timestamp">When the run ended, in UTC.</param>
/// <param name="Values">The values; names differ.</param>
/// <param name="Job">The job, for looking a value up in the log. Not a dimension.</param>
/// <param name="RunId">The run, for looking a value up in the log. Not a dimension.</param>
public sealed record MetricBatch(
    string Namespace,
    IReadOnlyList<MetricDimension> Dimensions,
    DateTimeOffset Timestamp,
    IReadOnlyList<MetricValue> Values,
    string Job,
    string RunId);

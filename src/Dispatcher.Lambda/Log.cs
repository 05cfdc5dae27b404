using Microsoft.Extensions.Logging;

namespace Dispatcher.Lambda;

/// <summary>Holds every message that the Lambda host logs.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Warning, "Metric {Namespace} {Metric} is {Value} and was left out. CloudWatch takes finite values only.")]
    public static partial void MetricNotFinite(ILogger logger, string @namespace, string metric, double value);
}

using System.ComponentModel.DataAnnotations;

namespace Dispatcher.Telemetry;

/// <summary>Sets how runs are reported. Bound from the configuration section <c>Telemetry</c>.</summary>
public sealed class TelemetryOptions
{
    /// <summary>Gets or sets the CloudWatch namespace of the standard metrics.</summary>
    /// <value>The default value is <c>Maintenance</c>.</value>
    [Required]
    [RegularExpression("^[A-Za-z0-9._/#-]{1,255}$")]
    public string MetricsNamespace { get; set; } = "Maintenance";

    /// <summary>Gets or sets how long all sinks together may take.</summary>
    /// <value>The default value is 2 seconds: it has to fit into the deadline's report margin.</value>
    [Range(0.1, 60.0)]
    public double SinkTimeoutSeconds { get; set; } = 2;
}

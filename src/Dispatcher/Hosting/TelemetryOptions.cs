using System.ComponentModel.DataAnnotations;

namespace Dispatcher.Hosting;

/// <summary>
/// Options for reporting runs, bound from the configuration section <c>Telemetry</c>. Reporting never uses more than four fifths of the
/// remaining time until the host's own limit: 2.4 of the 3 seconds of the deadline's report margin, if the job was abandoned.
/// </summary>
public sealed class TelemetryOptions
{
    /// <summary>Gets or sets the CloudWatch namespace of the standard metrics.</summary>
    /// <value>The default value is <c>Maintenance</c>.</value>
    [Required]
    [RegularExpression("^[A-Za-z0-9._/#-]{1,255}$")]
    public string MetricsNamespace { get; set; } = "Maintenance";

    /// <summary>Gets or sets how long all run and metrics sinks together may take.</summary>
    /// <value>
    /// The default value is 5 seconds: the first call to DynamoDB takes about 2 seconds on a small function, connection included.
    /// </value>
    [Range(0.1, 60.0)]
    public double SinkTimeoutSeconds { get; set; } = 5;

    /// <summary>Gets or sets how long all audit sinks together may take to store the entries of a run.</summary>
    /// <value>The default value is 10 seconds: 100,000 entries are an object of about 30 MB.</value>
    [Range(0.1, 300.0)]
    public double AuditTimeoutSeconds { get; set; } = 10;
}

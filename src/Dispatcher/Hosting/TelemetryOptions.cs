using System.ComponentModel.DataAnnotations;

namespace Dispatcher.Hosting;

/// <summary>
/// Sets how runs are reported. Bound from the configuration section <c>Telemetry</c>. Reporting never takes more than four fifths of the time
/// that is left until the host's own limit: of the deadline's report margin of 3 seconds 2.4, where the job had to be left behind.
/// </summary>
public sealed class TelemetryOptions
{
    /// <summary>Gets or sets the CloudWatch namespace of the standard metrics.</summary>
    /// <value>The default value is <c>Maintenance</c>.</value>
    [Required]
    [RegularExpression("^[A-Za-z0-9._/#-]{1,255}$")]
    public string MetricsNamespace { get; set; } = "Maintenance";

    /// <summary>Gets or sets how long all run and metrics sinks together may take.</summary>
    /// <value>The default value is 5 seconds: a first call to DynamoDB, connection included, takes about two on a small function.</value>
    [Range(0.1, 60.0)]
    public double SinkTimeoutSeconds { get; set; } = 5;

    /// <summary>Gets or sets how long all audit sinks together may take to bring a run's entries out of the process.</summary>
    /// <value>The default value is 10 seconds: 100,000 entries are an object of about 30 MB.</value>
    [Range(0.1, 300.0)]
    public double AuditTimeoutSeconds { get; set; } = 10;
}

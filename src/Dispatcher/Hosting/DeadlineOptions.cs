using System.ComponentModel.DataAnnotations;

namespace Dispatcher.Hosting;

/// <summary>
/// Options for how long before the host's own limit a run has to end, bound from the configuration section <c>Deadline</c>.
/// </summary>
public sealed class DeadlineOptions : IValidatableObject
{
    /// <summary>Gets or sets how long before the host's limit the job is asked to stop.</summary>
    /// <value>The default value is 15 seconds. Never more than a quarter of the time that the run has.</value>
    [Range(0.0, 600.0)]
    public double StopMarginSeconds { get; set; } = 15;

    /// <summary>
    /// Gets or sets how long before the host's limit a job that does not stop is left behind, so that its run is still reported.
    /// </summary>
    /// <value>The default value is 3 seconds. Never more than a twentieth of the time that the run has.</value>
    [Range(0.0, 60.0)]
    public double ReportMarginSeconds { get; set; } = 3;

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (ReportMarginSeconds > StopMarginSeconds)
        {
            yield return new ValidationResult(
                $"Deadline:ReportMarginSeconds is {ReportMarginSeconds} and Deadline:StopMarginSeconds {StopMarginSeconds}, so that a job "
                + "would be left behind before it is asked to stop. Make the stop margin the larger one.",
                [nameof(ReportMarginSeconds), nameof(StopMarginSeconds)]);
        }
    }
}

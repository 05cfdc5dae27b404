using System.ComponentModel.DataAnnotations;

namespace Dispatcher.Plans;

/// <summary>Options for applying plans, bound from the configuration section <c>Plans</c>.</summary>
public sealed class PlanOptions
{
    /// <summary>Gets or sets how old a plan may be when a run that applies it begins.</summary>
    /// <value>The default value is 24 hours.</value>
    [Range(0.001, 8760)]
    public double MaxAgeHours { get; set; } = 24;

    /// <summary>
    /// Gets or sets a value indicating whether a plan is refused without a run store, which alone can tell that the plan was applied
    /// before.
    /// </summary>
    /// <value>The default value is <see langword="true"/>.</value>
    public bool RequiresRunStore { get; set; } = true;
}

using System.ComponentModel.DataAnnotations;

namespace Dispatcher.Hosting;

/// <summary>
/// Options for the leases by which runs exclude each other, bound from the configuration section <c>Leases</c>. They matter only if a run
/// store is registered.
/// </summary>
public sealed class LeaseOptions
{
    /// <summary>
    /// Gets or sets how long a lease lasts unless its run renews it, which it does three times in that time. A run that has not renewed
    /// its leases in time makes no further change; another run takes over what a crashed run held when its leases have expired.
    /// </summary>
    /// <value>
    /// The default value is 45 seconds. Less than a minute, because Lambda repeats a crashed invocation after one minute.
    /// </value>
    [Range(10, 50)]
    public int DurationSeconds { get; set; } = 45;
}

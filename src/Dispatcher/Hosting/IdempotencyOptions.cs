using System.ComponentModel.DataAnnotations;

namespace Dispatcher.Hosting;

/// <summary>
/// Options for skipping duplicates, bound from the configuration section <c>Idempotency</c>. They matter only if a run store is
/// registered.
/// </summary>
public sealed class IdempotencyOptions
{
    /// <summary>Gets or sets how long a slot that was run stays finished: until then, a duplicate of it is skipped.</summary>
    /// <value>The default value is 7 days.</value>
    [Range(1, 365)]
    public int RetentionDays { get; set; } = 7;
}

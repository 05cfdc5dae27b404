namespace Dispatcher.Deployment.Schedules;

/// <summary>A time at which a schedule fires, or would have fired.</summary>
/// <param name="At">The time. Of a skipped one: what the clock would have shown.</param>
/// <param name="Kind">What becomes of it.</param>
public sealed record FireTime(DateTimeOffset At, FireTimeKind Kind = FireTimeKind.Regular);

namespace Dispatcher.Ui.Plans;

/// <summary>The run that has applied a plan, or applies it.</summary>
/// <param name="RunId">The run.</param>
/// <param name="At">When it ended, or since when it is at work.</param>
/// <param name="HasEnded">Whether it has ended.</param>
internal sealed record PlanUse(string RunId, DateTimeOffset At, bool HasEnded);

namespace Dispatcher.Reporting.Status;

/// <summary>The pause of a job: its schedule is switched off on purpose.</summary>
/// <param name="Reason">Why, in a few words: <c>disabled in the template</c>.</param>
/// <param name="By">Who paused it, if that is remembered.</param>
/// <param name="Since">Since when, if that is remembered.</param>
public sealed record JobPause(string Reason, string? By = null, DateTimeOffset? Since = null);

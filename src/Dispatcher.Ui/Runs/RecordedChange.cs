namespace Dispatcher.Ui.Runs;

/// <summary>A change of a run, from its audit trail or from its record.</summary>
/// <param name="Action">What was done.</param>
/// <param name="Target">What it was done to.</param>
/// <param name="Outcome">What became of it, in a word.</param>
/// <param name="Reason">Why.</param>
/// <param name="Evidence">What was seen that made it right.</param>
/// <param name="Error">What failed.</param>
internal sealed record RecordedChange(string Action, string Target, string Outcome, string? Reason, string? Evidence, string? Error);

namespace Dispatcher.Jobs.VideoUploads.Restoring;

/// <summary>A change that takes another one back.</summary>
/// <param name="Change">The change.</param>
/// <param name="ApplyAsync">The function that makes it, on the condition that nothing was written since it was planned.</param>
internal sealed record RestoreStep(Change Change, Func<CancellationToken, Task<ChangeOutcome>> ApplyAsync);

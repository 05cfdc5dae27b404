namespace Dispatcher.Tests.Arguments;

/// <summary>An undo that takes nothing back.</summary>
internal sealed class SampleUndo : IChangeUndo
{
    public Task<string?> UndoAsync(IReadOnlyList<MadeChange> changes, JobContext context, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(null);
}

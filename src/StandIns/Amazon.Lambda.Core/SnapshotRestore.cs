using System.Collections.Concurrent;

namespace Amazon.Lambda.Core;

/// <summary>Takes callbacks for the two moments of a SnapStart function's life.</summary>
/// <remarks>The stand-in keeps the callbacks and never calls them: its runtime does not take part in SnapStart.</remarks>
public static class SnapshotRestore
{
    private static readonly ConcurrentQueue<Func<ValueTask>> BeforeSnapshot = new();
    private static readonly ConcurrentQueue<Func<ValueTask>> AfterRestore = new();

    /// <summary>Registers a callback for the moment before the snapshot is taken.</summary>
    /// <param name="beforeSnapshotAction">The callback.</param>
    public static void RegisterBeforeSnapshot(Func<ValueTask> beforeSnapshotAction) => BeforeSnapshot.Enqueue(beforeSnapshotAction);

    /// <summary>Registers a callback for the moment after the snapshot was restored.</summary>
    /// <param name="afterRestoreAction">The callback.</param>
    public static void RegisterAfterRestore(Func<ValueTask> afterRestoreAction) => AfterRestore.Enqueue(afterRestoreAction);
}

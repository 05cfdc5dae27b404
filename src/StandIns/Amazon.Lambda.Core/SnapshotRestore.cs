using System.Collections.Concurrent;

namespace Amazon.Lambda.Core;

/// <summary>Takes callbacks for the two moments of a SnapStart function's life.</summary>
/// <remarks>The runtime takes the callbacks by the names of the two internal methods, which are those of the package.</remarks>
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

    internal static void CopyBeforeSnapshotCallbacksToRegistry(Action<Func<ValueTask>> restoreHooksRegistryMethod) =>
        Copy(BeforeSnapshot, restoreHooksRegistryMethod);

    internal static void CopyAfterRestoreCallbacksToRegistry(Action<Func<ValueTask>> restoreHooksRegistryMethod) =>
        Copy(AfterRestore, restoreHooksRegistryMethod);

    private static void Copy(ConcurrentQueue<Func<ValueTask>> callbacks, Action<Func<ValueTask>> add)
    {
        while (callbacks.TryDequeue(out var callback))
        {
            add(callback);
        }
    }
}

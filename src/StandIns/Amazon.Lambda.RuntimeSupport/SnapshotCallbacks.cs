#nullable enable
using System.Reflection;
using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>The callbacks that the function has registered for SnapStart.</summary>
/// <remarks>
/// They are read by reflection, because the package of <c>Amazon.Lambda.Core</c> shows them to the signed runtime only, and this one has to
/// work with the package, too.
/// </remarks>
internal sealed class SnapshotCallbacks
{
    private readonly Stack<Func<ValueTask>> _beforeSnapshot = [];
    private readonly Queue<Func<ValueTask>> _afterRestore = [];

    public SnapshotCallbacks()
    {
        Copy(
            typeof(SnapshotRestore).GetMethod("CopyBeforeSnapshotCallbacksToRegistry", BindingFlags.NonPublic | BindingFlags.Static),
            _beforeSnapshot.Push);
        Copy(
            typeof(SnapshotRestore).GetMethod("CopyAfterRestoreCallbacksToRegistry", BindingFlags.NonPublic | BindingFlags.Static),
            _afterRestore.Enqueue);
    }

    /// <summary>Gets a value indicating whether the service takes a snapshot of this process.</summary>
    public static bool AreUsed => Environment.GetEnvironmentVariable("AWS_LAMBDA_INITIALIZATION_TYPE") == "snap-start";

    /// <summary>Calls the callbacks for the moment before the snapshot, the last registered one first.</summary>
    public async Task CallBeforeSnapshotAsync()
    {
        while (_beforeSnapshot.TryPop(out var callback))
        {
            await callback();
        }
    }

    /// <summary>Calls the callbacks for the moment after the restore, in the order of their registration.</summary>
    public async Task CallAfterRestoreAsync()
    {
        while (_afterRestore.TryDequeue(out var callback))
        {
            await callback();
        }
    }

    private static void Copy(MethodInfo? copy, Action<Func<ValueTask>> add) => copy!.Invoke(null, [add]);
}

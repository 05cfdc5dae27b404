namespace Dispatcher.Hosting;

/// <summary>
/// State that no snapshot of the process may keep: credentials, cached secrets, open connections, ids that have to be unique. A host that
/// works from snapshots, as AWS Lambda does with SnapStart, discards the state of each such service.
/// </summary>
/// <remarks>
/// Register the instance that holds the state, not another one:
/// <code>
/// services.AddSingleton&lt;TokenCache&gt;();
/// services.AddSingleton&lt;ISnapshotState&gt;(static provider => provider.GetRequiredService&lt;TokenCache&gt;());
/// </code>
/// </remarks>
public interface ISnapshotState
{
    /// <summary>
    /// Discards the state, so that it is created anew when it is next needed. Called before a snapshot is taken, and in each process that
    /// is restored from one, before its first run. No run is under way.
    /// </summary>
    void Discard();
}

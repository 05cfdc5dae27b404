namespace Dispatcher.Hosting;

/// <summary>
/// State that no snapshot of the process may keep: credentials, cached secrets, open connections, ids that have to be unique. A host that
/// works from snapshots, as AWS Lambda does with SnapStart, discards the state of each such service.
/// </summary>
/// <remarks>Register it: <c>services.AddSingleton&lt;ISnapshotState, TokenCache&gt;()</c>.</remarks>
public interface ISnapshotState
{
    /// <summary>
    /// Discards the state, so that it is created anew when it is next needed. Called before a snapshot is taken, and in each process that
    /// is restored from one, before its first run. No run is under way.
    /// </summary>
    void Discard();
}

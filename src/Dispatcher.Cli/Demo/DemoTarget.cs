using System.Text.Json.Nodes;

namespace Dispatcher.Cli.Demo;

/// <summary>The server on which one of the demo's jobs starts something, and on which the demo looks at what arrived.</summary>
internal abstract class DemoTarget : IDisposable
{
    /// <summary>Gets the job's name.</summary>
    public abstract string Job { get; }

    /// <summary>Gets what one run has to leave, in the words of <see cref="LookAsync"/>.</summary>
    public abstract string Expected { get; }

    /// <summary>Makes what the job needs on the server.</summary>
    /// <param name="slot">The slot that the runs are for.</param>
    /// <param name="cancellationToken">Fires when the person gives up.</param>
    /// <returns>The job's parameters.</returns>
    public abstract Task<JsonObject> PrepareAsync(string slot, CancellationToken cancellationToken);

    /// <summary>Looks at the server.</summary>
    /// <param name="cancellationToken">Fires when the person gives up.</param>
    /// <returns>Everything that has arrived, one text each.</returns>
    public abstract Task<IReadOnlyList<string>> LookAsync(CancellationToken cancellationToken);

    /// <inheritdoc />
    public abstract void Dispose();
}

using Dispatcher.Testing;

namespace Dispatcher.IntegrationTests.Permissions;

/// <summary>A world in which a job needs all of its permissions, and the runs in which it does.</summary>
/// <param name="Runs">The runs: a dispatcher with the job, and the payload.</param>
/// <param name="Parameters">The values of template parameters that do not follow from the settings.</param>
internal sealed record PermissionWorld(
    IReadOnlyList<(JobHarness Harness, string Payload)> Runs, IReadOnlyDictionary<string, string> Parameters) : IAsyncDisposable
{
    /// <summary>Gets the resources behind the runs, to be disposed last.</summary>
    public IReadOnlyList<IAsyncDisposable> Resources { get; init; } = [];

    public async ValueTask DisposeAsync()
    {
        foreach (var (harness, _) in Runs)
        {
            await harness.DisposeAsync();
        }

        foreach (var resource in Resources)
        {
            await resource.DisposeAsync();
        }
    }
}

using Dispatcher.Hosting;
using Dispatcher.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Tool.Tests.History;

/// <summary>The store of runs in a folder's <c>.local</c>, as the tool finds it there.</summary>
internal static class LocalRuns
{
    public static IRunStore Open(string folder) => OpenFile(Path.Combine(folder, ".local", "runs.db"));

    public static IRunStore OpenFile(string file)
    {
        var services = new ServiceCollection();
        services.AddMaintenanceDispatcher().AddRunFile(new RunFileSettings(file));
        return services.BuildServiceProvider().GetRequiredService<IRunStore>();
    }

    public static async Task<List<RunRecord>> ListAsync(IRunHistory history)
    {
        var runs = new List<RunRecord>();
        await foreach (var run in history.ListAsync(new RunQuery()))
        {
            runs.Add(run);
        }

        return runs;
    }
}

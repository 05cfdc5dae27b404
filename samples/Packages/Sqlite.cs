using Dispatcher;
using Dispatcher.Sqlite;

namespace Acme.Sqlite;

internal static class AcmeRuns
{
    public static IDispatcherBuilder Keep(IDispatcherBuilder builder, string folder)
    {
        var file = new RunFileSettings(Path.Combine(folder, "runs.db"));
        return builder.AddRunFile(file).AddRunFileHistory(file);
    }
}

using Dispatcher.Tool.Local;

namespace Dispatcher.Cli.Samples;

/// <summary>The sample data of <c>dispatch local up --sample</c>.</summary>
internal static class SampleData
{
    /// <summary>Fills the table, the bucket and the database.</summary>
    /// <param name="servers">The servers.</param>
    /// <param name="cancellationToken">Cancels the filling.</param>
    /// <returns>A task that ends when the data is there.</returns>
    public static async Task FillAsync(LocalSetup servers, CancellationToken cancellationToken)
    {
        await DemoSeed.FillAsync(servers.Terminal, servers.AwsServer, DemoKinds.All, cancellationToken);
        if (servers.DatabaseUrl is { } database)
        {
            await SampleDatabase.FillAsync(database, cancellationToken);
        }
    }
}

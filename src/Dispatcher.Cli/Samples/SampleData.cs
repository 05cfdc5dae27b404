using Dispatcher.LocalServers.Moto;
using Dispatcher.LocalServers.Postgres;
using Dispatcher.Tool.Terminal;

namespace Dispatcher.Cli.Samples;

/// <summary>The sample data of <c>dispatch local up --sample</c>.</summary>
internal static class SampleData
{
    /// <summary>Fills the table, the bucket and the database.</summary>
    /// <param name="terminal">The terminal for the progress.</param>
    /// <param name="aws">The server that emulates AWS.</param>
    /// <param name="database">The database server, if there is one.</param>
    /// <param name="cancellationToken">Cancels the filling.</param>
    /// <returns>A task that ends when the data is there.</returns>
    public static async Task FillAsync(
        CliTerminal terminal, MotoServer aws, PostgresServer? database, CancellationToken cancellationToken)
    {
        await DemoSeed.FillAsync(terminal, aws, cancellationToken);
        if (database is not null)
        {
            await SampleDatabase.FillAsync(database.Url(), cancellationToken);
        }
    }
}

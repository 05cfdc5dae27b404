using Dispatcher.Cli.Commands.Sql;
using Dispatcher.Postgres.Migrations;
using Microsoft.Extensions.Configuration;

namespace Dispatcher.Cli.Samples;

/// <summary>Sample data for both database jobs.</summary>
internal static class SampleDatabase
{
    /// <summary>The migration that makes the view, as 'dispatch sql apply' takes it.</summary>
    public const string ViewMigration = "001_job_progress";

    /// <summary>The view.</summary>
    public const string View = "job_progress";

    /// <summary>Fills a database; what is there stays.</summary>
    /// <param name="url">The database.</param>
    /// <param name="cancellationToken">Fires when the person gives up.</param>
    /// <returns>A task that ends when all is there.</returns>
    public static async Task FillAsync(string url, CancellationToken cancellationToken)
    {
        var runner = new MigrationRunner(new ConfigurationBuilder().AddInMemoryCollection([new("DATABASE_URL", url)]).Build());
        foreach (var migration in new[] { Path.Combine(AppContext.BaseDirectory, "Samples", "sample.sql"), ViewMigration })
        {
            await runner.ApplyAsync(SqlApplication.Find(migration), connection: null, starting: null, cancellationToken);
        }
    }
}

using Dispatcher.Postgres;
using Dispatcher.Postgres.Sql;

namespace Dispatcher.Jobs.Postgres.MaterializedViewRefresh;

/// <summary>The figures of the parameter 'statisticsQuery', read in a read-only transaction after the views.</summary>
internal static class StatisticsQuery
{
    /// <summary>Reads the figures into the run's counts. A failure is an item error: the views are refreshed all the same.</summary>
    public static async Task ReadAsync(
        PostgresDatabase database,
        RefreshMaterializedViewParameters parameters,
        JobContext context,
        RefreshReport report,
        CancellationToken cancellationToken)
    {
        try
        {
            await using var transaction = await database.BeginAsync(
                context, parameters.Session with { ReadOnly = true }, cancellationToken);

            // A subquery can only be a query; the read-only transaction is the second safeguard.
            IReadOnlyDictionary<string, long> statistics = new Dictionary<string, long>();
            var rows = await transaction.ReadAsync(
                SqlText.Create(
                    $"SELECT * FROM ({SqlStatementSplitter.Split(parameters.StatisticsQuery!)[0].Text}\n) AS statistics LIMIT 2"),
                row => statistics = Statistics.Read(row),
                cancellationToken);
            if (rows != 1)
            {
                throw new PermanentJobException($"The statistics query returns {(rows == 0 ? "no row" : "several rows")}. Return one.");
            }

            foreach (var (count, value) in statistics)
            {
                context.Counters.Set(count, value);
            }
        }
        catch (Exception exception) when (RefreshRun.IsAboutOneView(exception))
        {
            context.Errors.Add("statisticsQuery", context.Classify(exception).Message);
            report.LoseStatistics();
        }
    }
}

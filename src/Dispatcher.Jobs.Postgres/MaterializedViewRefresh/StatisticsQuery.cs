using Dispatcher.Failures;
using Dispatcher.Postgres;
using Dispatcher.Postgres.Sql;

namespace Dispatcher.Jobs.Postgres.MaterializedViewRefresh;

/// <summary>Reads the figures of the parameter 'statisticsQuery', in a read-only transaction after the views.</summary>
internal sealed class StatisticsQuery(PostgresDatabase database, FailureClassifier failures)
{
    /// <summary>Reads the figures into the run's counts. A failure is an item error: the views are refreshed all the same.</summary>
    public async Task ReadAsync(
        RefreshMaterializedViewParameters parameters, JobContext context, RefreshReport report, CancellationToken cancellationToken)
    {
        try
        {
            await using var transaction = await database.BeginAsync(
                context, ViewRefresher.Session(parameters) with { ReadOnly = true }, cancellationToken);

            // As a subquery nothing but a query is accepted; the read-only transaction is the second lock on the same door.
            var rows = 0;
            IReadOnlyDictionary<string, long> statistics = new Dictionary<string, long>();
            await transaction.ReadAsync(
                $"SELECT * FROM ({SqlStatementSplitter.Split(parameters.StatisticsQuery!)[0].Text}\n) AS statistics LIMIT 2",
                [],
                row => (rows, statistics) = (rows + 1, Statistics.Read(row)),
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
        catch (Exception exception) when (ViewRefresher.IsAboutThisView(exception))
        {
            context.Errors.Add("statisticsQuery", failures.Classify(exception).Message);
            report.LoseStatistics();
        }
    }
}

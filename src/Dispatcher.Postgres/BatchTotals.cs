namespace Dispatcher.Postgres;

/// <summary>What the batches of one query have changed, in all attempts of a run.</summary>
internal sealed class BatchTotals
{
    /// <summary>Gets how many rows were changed.</summary>
    public long Rows { get; private set; }

    /// <summary>Gets how many transactions were committed.</summary>
    public long Batches { get; private set; }

    /// <summary>Gets how many rows were changed or not, because the answer to COMMIT was lost.</summary>
    public long Unknown { get; private set; }

    /// <summary>Returns the totals of a query, which live through all attempts of the run.</summary>
    public static BatchTotals Of(JobContext context, SqlText query)
    {
        var queries = context.State(static () => new Dictionary<string, BatchTotals>(StringComparer.Ordinal));
        return queries.TryGetValue(query.Text, out var known) ? known : queries[query.Text] = new BatchTotals();
    }

    public void Add(int rows)
    {
        Rows += rows;
        Batches++;
    }

    public void AddUnknown(int rows) => Unknown += rows;
}

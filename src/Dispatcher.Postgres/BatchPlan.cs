namespace Dispatcher.Postgres;

/// <summary>A dry run of batches: proposes every row that is due, from one snapshot, without a lock and without a change.</summary>
internal sealed class BatchPlan<TRow>(PostgresDatabase database, JobContext context, PostgresBatch<TRow> batch)
{
    private readonly List<Change> _pending = [];
    private long _planned;

    public async Task<JobResult> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var transaction = await database.BeginAsync(context, batch.Session, cancellationToken);
            await foreach (var row in transaction.StreamAsync(batch.Query, batch.Read, cancellationToken))
            {
                _pending.Add(batch.Change(row));
                if (_pending.Count == batch.Size)
                {
                    await ProposeAsync(cancellationToken);
                }
            }

            await ProposeAsync(cancellationToken);
            return JobResult.Succeeded($"Would change {_planned} {batch.Rows}.");
        }
        catch (Exception exception) when (database.IsStop(exception, context, cancellationToken))
        {
            return JobResult.Continued(
                $"Would change {_planned} {batch.Rows} or more: the run had to stop before it had found all of them.");
        }
    }

    private async Task ProposeAsync(CancellationToken cancellationToken)
    {
        // The gate of a dry run records the changes and never makes them.
        var outcomes = await context.Changes.ApplyEachAsync(
            _pending, static (_, _) => throw new NotSupportedException(), cancellationToken);
        _planned += outcomes.Count(static outcome => outcome.IsDone);
        _pending.Clear();
        context.Progress.Report(new JobProgress($"Finding {batch.Rows}", _planned));
    }
}

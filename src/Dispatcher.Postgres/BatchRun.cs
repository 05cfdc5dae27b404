using System.Globalization;
using Npgsql;

namespace Dispatcher.Postgres;

/// <summary>
/// The batches of a real run: each locks its rows, proposes them, changes them and commits, or leaves nothing. It stops at the deadline
/// between two batches, or rolls back the one that is under way.
/// </summary>
internal sealed class BatchRun<TRow>(
    PostgresDatabase database, JobContext context, PostgresBatch<TRow> batch, TimeProvider timeProvider)
{
    /// <summary>How often a batch is tried that conflicts with other sessions; after that, the run's own retry pauses first.</summary>
    private const int MaxTries = 3;

    private readonly PostgresSessionOptions _session = batch.Session with { ResolveLostCommit = true };
    private readonly BatchTotals _totals = BatchTotals.Of(context, batch.Query);
    private readonly HashSet<string> _outsidePlan = [];
    private HashSet<string> _lastTargets = [];
    private TimeSpan _longest;
    private long? _due;

    // A batch waits as a whole for the rate of the run, with its rows locked.
    private long Size => Math.Min(context.Changes.Limits.MaxChangesPerSecond ?? batch.Size, batch.Size);

    private bool MustStop => database.IsOutOfTime(context) || database.GetRemainingTime(context) < _longest;

    public async Task<JobResult> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (batch.CountFirst)
            {
                var count = await CountAsync(string.Empty, cancellationToken);
                context.Changes.EnsureWithinLimit(count);
                _due = count + _totals.Rows;
            }

            while (!cancellationToken.IsCancellationRequested && !MustStop)
            {
                var began = timeProvider.GetTimestamp();
                if (!await RunBatchAsync(cancellationToken))
                {
                    return JobResult.Succeeded($"{Describe()}.{DescribeUnknown()}{await DescribeRestAsync(cancellationToken)}");
                }

                var elapsed = timeProvider.GetElapsedTime(began);
                _longest = elapsed > _longest ? elapsed : _longest;
            }
        }
        catch (Exception exception) when (database.IsStop(exception, context, cancellationToken))
        {
            // What was under way has been rolled back.
        }

        return JobResult.Continued($"{Describe()} before the run had to stop; the next one goes on with the rest.{DescribeUnknown()}");
    }

    /// <summary>Runs one batch.</summary>
    /// <returns><see langword="false"/> if no row is left that could be locked.</returns>
    private async Task<bool> RunBatchAsync(CancellationToken cancellationToken)
    {
        // Rows that the plan of the run does not allow are found again each time, and passed over.
        var query = batch.Query.Wrap(string.Empty, Limit(batch.LockingClause, Size + _outsidePlan.Count));
        for (var attempt = 1; ; attempt++)
        {
            await using var transaction = await database.BeginAsync(context, _session, cancellationToken);
            var found = await transaction.ReadAllAsync(query, batch.Read, cancellationToken);
            (TRow Row, Change Change)[] rows =
            [
                .. found.Select(row => (Row: row, Change: batch.Change(row)))
                    .Where(row => !_outsidePlan.Contains(row.Change.Target)).Take((int)Size),
            ];
            if (rows.Length == 0)
            {
                return false;
            }

            EnsureNew(rows.Select(static row => row.Change));
            var isLastTry = attempt == MaxTries;
            var outcomes = await ProposeAsync(transaction, rows, isLastTry, cancellationToken);
            var results = rows.Zip(outcomes, static (row, outcome) => (row.Change.Target, Outcome: outcome)).ToList();
            var done = results.Where(static result => result.Outcome.IsDone).Select(static result => result.Target).ToHashSet();
            _outsidePlan.UnionWith(results.Where(static result => result.Outcome.IsOutsidePlan).Select(static result => result.Target));
            if (done.Count > 0)
            {
                _lastTargets = done;
                _totals.Add(done.Count);
                context.Progress.Report(new JobProgress($"Changing {batch.Rows}", _totals.Rows, _due));
                return true;
            }

            if (outcomes.All(static outcome => outcome.IsOutsidePlan))
            {
                return true;
            }

            if (cancellationToken.IsCancellationRequested || MustStop)
            {
                return true;
            }
        }
    }

    private async Task<IReadOnlyList<ChangeOutcome>> ProposeAsync(
        PostgresTransaction transaction, (TRow Row, Change Change)[] rows, bool isLastTry, CancellationToken cancellationToken)
    {
        var admittedRows = 0;
        try
        {
            return await context.Changes.ApplyEachAsync(
                rows,
                static row => row.Change,
                async (admitted, token) =>
                {
                    admittedRows = admitted.Count;
                    var outcome = await ApplyAsync(transaction, [.. admitted.Select(static row => row.Row)], isLastTry, token);
                    return [.. Enumerable.Repeat(outcome, admitted.Count)];
                },
                cancellationToken);
        }
        catch (TransientJobException exception) when (exception.OutcomeUnknown)
        {
            _totals.AddUnknown(admittedRows);
            throw;
        }
    }

    /// <summary>Changes the rows of a batch and commits. A rollback without an error is recorded as skipped, not as failed.</summary>
    private async Task<ChangeOutcome> ApplyAsync(
        PostgresTransaction transaction, IReadOnlyList<TRow> rows, bool isLastTry, CancellationToken cancellationToken)
    {
        try
        {
            var changed = await batch.Apply(transaction, rows, cancellationToken);
            if (changed != rows.Count)
            {
                throw new PermanentJobException(
                    $"The batch has {rows.Count} {batch.Rows}, but its statement changed {changed}; it was rolled back. "
                    + "Let 'Apply' change exactly the rows that it is given, and return how many it changed.");
            }

            // COMMIT itself is not cancelled, because that would only lose its answer.
            cancellationToken.ThrowIfCancellationRequested();
            await transaction.CommitAsync(CancellationToken.None);
            return ChangeOutcome.Applied;
        }
        catch (Exception exception) when (database.IsStop(exception, context, cancellationToken))
        {
            await transaction.RollbackAsync();
            return ChangeOutcome.Skipped("the run had to stop; the batch was rolled back and is left for the next run.");
        }
        catch (PostgresException exception) when (!isLastTry && IsConflict(exception))
        {
            return ChangeOutcome.Skipped($"the batch was rolled back and is tried again. {context.Classify(exception).Message}");
        }
    }

    private static bool IsConflict(PostgresException exception) => exception.SqlState is
        PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.TransactionRollback;

    /// <summary>Refuses rows of the last batch that are found again, which would be changed for ever.</summary>
    private void EnsureNew(IEnumerable<Change> changes)
    {
        if (changes.FirstOrDefault(change => _lastTargets.Contains(change.Target)) is { } again)
        {
            throw new PermanentJobException(
                $"The query finds {again.Target} again, although the last batch changed it. Let 'Apply' change the row so that 'Query' no "
                + "longer finds it, and give each row a different target.");
        }
    }

    private async Task<long> CountAsync(string limit, CancellationToken cancellationToken)
    {
        await using var transaction = await database.BeginAsync(context, batch.Session with { ReadOnly = true }, cancellationToken);
        return await transaction.ReadScalarAsync<long>(
            batch.Query.Wrap("SELECT count(*) FROM (", $"{limit}\n) AS due"), cancellationToken);
    }

    private static string Limit(string clause, long size) => string.Create(CultureInfo.InvariantCulture, $"\nLIMIT {size}\n{clause}");

    private string Describe() =>
        $"Changed {_totals.Rows}{(_due > _totals.Rows ? $" of {_due}" : string.Empty)} {batch.Rows} in {_totals.Batches} "
        + (_totals.Batches == 1 ? "transaction" : "transactions");

    private string DescribeUnknown() =>
        _totals.Unknown == 0 ? string.Empty : $" {_totals.Unknown} more were changed or not: the answer to COMMIT was lost.";

    /// <summary>Describes the rows that no batch could lock.</summary>
    private async Task<string> DescribeRestAsync(CancellationToken cancellationToken)
    {
        if (_outsidePlan.Count > 0)
        {
            return $" {_outsidePlan.Count} {batch.Rows} are not as in the plan and were left.";
        }

        var left = _due <= _totals.Rows ? 0 : await CountAsync(Limit(string.Empty, Size), cancellationToken);
        return left == 0
            ? string.Empty
            : $" {left}{(left == Size ? " or more" : string.Empty)} {(left == 1 ? "is" : "are")} left for the next run: "
              + "other sessions have locked them, or they came meanwhile.";
    }
}

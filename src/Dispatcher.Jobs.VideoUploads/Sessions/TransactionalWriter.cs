using Amazon.DynamoDBv2.Model;
using Dispatcher.Aws;
using Dispatcher.Changes;

namespace Dispatcher.Jobs.VideoUploads.Sessions;

/// <summary>
/// Makes many conditional writes with few calls. A transaction is all or nothing, so that whoever loses its condition is taken out and
/// the others are tried again.
/// </summary>
internal sealed class TransactionalWriter(
    CleanupContext run, Func<IEnumerable<string>, CancellationToken, Task<Dictionary<string, UploadSession>>> read)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    /// <summary>Writes at most 100 items.</summary>
    /// <returns>One outcome per item, in the same order.</returns>
    public async Task<IReadOnlyList<ChangeOutcome>> WriteAsync(IReadOnlyList<ConditionalWrite> writes, CancellationToken cancellationToken)
    {
        var outcomes = new ChangeOutcome[writes.Count];
        List<int> pending = [.. Enumerable.Range(0, writes.Count)];
        List<int> doubtful = [];
        long? busySince = null;
        for (var busyAttempts = 0; pending.Count > 0;)
        {
            var request = new TransactWriteItemsRequest
            {
                TransactItems = [.. pending.Select(index => writes[index].Item)],

                // The same in each repetition, ours included: DynamoDB then answers a write that was made already as made.
                ClientRequestToken = Guid.NewGuid().ToString(),
            };
            var reasons = await TryWriteAsync(request, writes, pending, outcomes, cancellationToken);
            if (reasons is null)
            {
                break;
            }

            var remaining = TakeOutLosers(pending, reasons, outcomes);
            if (AwsAttempts.MayHaveBeenMade(request))
            {
                doubtful.AddRange(pending.Except(remaining));
            }

            if (remaining.Count == pending.Count)
            {
                busySince ??= run.TimeProvider.GetTimestamp();
                if (run.IsStopping || run.TimeProvider.GetElapsedTime(busySince.Value) > ServiceCalls.ItemBudget)
                {
                    remaining.ForEach(index => outcomes[index] = ChangeOutcome.Failed("DynamoDB was too busy; the next run tries again."));
                    break;
                }

                await PauseAsync(busyAttempts++, cancellationToken);
            }

            pending = remaining;
        }

        await SettleAsync(writes, doubtful, outcomes, cancellationToken);
        return outcomes;
    }

    private static List<int> TakeOutLosers(List<int> pending, List<CancellationReason> reasons, ChangeOutcome[] outcomes)
    {
        var remaining = new List<int>(pending.Count);
        for (var position = 0; position < pending.Count; position++)
        {
            var reason = reasons[position];
            switch (reason.Code)
            {
                case "ConditionalCheckFailed":
                    outcomes[pending[position]] = ChangeOutcome.Skipped("the session changed meanwhile");
                    break;
                case "ItemCollectionSizeLimitExceeded" or "ValidationError":
                    outcomes[pending[position]] = ChangeOutcome.Failed($"{reason.Code}: {reason.Message}");
                    break;
                default:
                    // 'None' marks an item that was cancelled only because another one failed; conflicts and throttling are transient.
                    remaining.Add(pending[position]);
                    break;
            }
        }

        return remaining;
    }

    private Task PauseAsync(int attempt, CancellationToken cancellationToken)
    {
        var pause = FirstPause * (1 << Math.Min(attempt, 8));
        return Task.Delay(
            (pause < LongestPause ? pause : LongestPause) * (0.5 + Random.Shared.NextDouble()), run.TimeProvider, cancellationToken);
    }

    /// <returns><see langword="null"/> if every pending item has its outcome, else why each was not written.</returns>
    private async Task<List<CancellationReason>?> TryWriteAsync(
        TransactWriteItemsRequest request,
        IReadOnlyList<ConditionalWrite> writes,
        List<int> pending,
        ChangeOutcome[] outcomes,
        CancellationToken cancellationToken)
    {
        try
        {
            await run.TableCalls.RunAsync(() => run.DynamoDb.TransactWriteItemsAsync(request, cancellationToken), cancellationToken);
            pending.ForEach(index => outcomes[index] = ChangeOutcome.Applied);
            return null;
        }
        catch (TransactionCanceledException exception) when (exception.CancellationReasons?.Count == pending.Count)
        {
            return exception.CancellationReasons;
        }
        catch (Exception exception) when (AwsAttempts.MayHaveBeenMade(request) && !run.EndsTheRun(exception, cancellationToken))
        {
            // No answer at all. What the table holds now tells.
            pending.ForEach(index => outcomes[index] = ChangeOutcome.Failed(run.Describe(exception)));
            await SettleAsync(writes, pending, outcomes, cancellationToken);
            return null;
        }
    }

    /// <summary>Looks what became of writes whose answer was lost: the repetition of one that was made loses its condition.</summary>
    private async Task SettleAsync(
        IReadOnlyList<ConditionalWrite> writes, List<int> doubtful, ChangeOutcome[] outcomes, CancellationToken cancellationToken)
    {
        if (doubtful.Count == 0)
        {
            return;
        }

        try
        {
            var sessions = await read(doubtful.Select(index => writes[index].Id), cancellationToken);
            foreach (var index in doubtful.Where(index => writes[index].IsMade(sessions.GetValueOrDefault(writes[index].Id))))
            {
                outcomes[index] = ChangeOutcome.Applied;
            }
        }
        catch (Exception exception) when (!run.EndsTheRun(exception, cancellationToken))
        {
            doubtful.ForEach(index => outcomes[index] = run.Unknown(run.DescribeSession(writes[index].Id), run.Describe(exception)));
        }
    }
}

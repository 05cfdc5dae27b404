using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Dispatcher.Changes;

namespace Dispatcher.Jobs.VideoUploads.VideoUploadCleanup.Sessions;

/// <summary>
/// Makes many conditional writes with few calls. A transaction is all or nothing, so that whoever loses its condition is taken out and
/// the others are tried again.
/// </summary>
internal sealed class ConditionalWrites(IAmazonDynamoDB dynamoDb, CallLimiter calls, TimeProvider timeProvider)
{
    private const int MaxBusyAttempts = 6;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);

    /// <summary>Writes at most 100 items.</summary>
    /// <returns>One outcome per item, in the same order.</returns>
    public async Task<IReadOnlyList<ChangeOutcome>> WriteAsync(IReadOnlyList<TransactWriteItem> items, CancellationToken cancellationToken)
    {
        var outcomes = new ChangeOutcome[items.Count];
        List<int> pending = [.. Enumerable.Range(0, items.Count)];
        var busyAttempts = 0;
        while (pending.Count > 0)
        {
            var reasons = await TryWriteAsync([.. pending.Select(index => items[index])], cancellationToken);
            if (reasons is null)
            {
                pending.ForEach(index => outcomes[index] = ChangeOutcome.Applied);
                break;
            }

            var remaining = TakeOutLosers(pending, reasons, outcomes);
            if (remaining.Count == pending.Count && ++busyAttempts == MaxBusyAttempts)
            {
                remaining.ForEach(index => outcomes[index] = ChangeOutcome.Failed("DynamoDB was too busy; the next run tries again."));
                break;
            }

            if (remaining.Count == pending.Count)
            {
                await Task.Delay(FirstPause * (1 << busyAttempts) * (0.5 + Random.Shared.NextDouble()), timeProvider, cancellationToken);
            }

            pending = remaining;
        }

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
                    // None: only the company was bad. TransactionConflict, throttling: the same may work in a moment.
                    remaining.Add(pending[position]);
                    break;
            }
        }

        return remaining;
    }

    /// <returns><see langword="null"/> where all were written, else why each was not.</returns>
    private async Task<List<CancellationReason>?> TryWriteAsync(List<TransactWriteItem> items, CancellationToken cancellationToken)
    {
        try
        {
            var request = new TransactWriteItemsRequest { TransactItems = items };
            await calls.RunAsync(() => dynamoDb.TransactWriteItemsAsync(request, cancellationToken), cancellationToken);
            return null;
        }
        catch (TransactionCanceledException exception) when (exception.CancellationReasons?.Count == items.Count)
        {
            return exception.CancellationReasons;
        }
    }
}

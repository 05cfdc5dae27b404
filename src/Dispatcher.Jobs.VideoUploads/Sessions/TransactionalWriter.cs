using Amazon.DynamoDBv2.Model;
using Dispatcher.Aws;

namespace Dispatcher.Jobs.VideoUploads.Sessions;

/// <summary>
/// The conditional writes of a batch, made with few calls. A transaction is all or nothing, so the writes whose condition failed are
/// removed and the others are tried again.
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
        long? busySince = null;
        for (var busyAttempts = 0; writes.Where(static write => write.Outcome is null).ToList() is { Count: > 0 } pending;)
        {
            await TryWriteAsync(pending, cancellationToken);
            if (pending.Exists(static write => write.Outcome is not null))
            {
                continue;
            }

            busySince ??= run.TimeProvider.GetTimestamp();
            if (run.IsStopping || run.TimeProvider.GetElapsedTime(busySince.Value) > ServiceCalls.ItemBudget)
            {
                pending.ForEach(static write => write.Outcome = ChangeOutcome.Failed("DynamoDB was too busy; the next run tries again."));
                break;
            }

            await PauseAsync(busyAttempts++, cancellationToken);
        }

        await SettleAsync(
            [.. writes.Where(static write => write.IsDoubtful && write.Outcome is not { Kind: ChangeOutcomeKind.Applied })],
            cancellationToken);
        return [.. writes.Select(static write => write is { Undo: { } undo, Outcome.Kind: ChangeOutcomeKind.Applied }
            ? ChangeOutcome.AppliedWith(undo)
            : write.Outcome!.Value)];
    }

    private Task PauseAsync(int attempt, CancellationToken cancellationToken)
    {
        var pause = FirstPause * (1 << Math.Min(attempt, 8));
        return Task.Delay(
            (pause < LongestPause ? pause : LongestPause) * (0.5 + Random.Shared.NextDouble()), run.TimeProvider, cancellationToken);
    }

    /// <summary>Makes one call. Writes without an outcome are to be tried again.</summary>
    private async Task TryWriteAsync(List<ConditionalWrite> pending, CancellationToken cancellationToken)
    {
        var request = new TransactWriteItemsRequest
        {
            TransactItems = [.. pending.Select(static write => write.Item)],

            // The same in each repetition, ours included: DynamoDB then answers a write that was made already as made.
            ClientRequestToken = Guid.NewGuid().ToString(),
        };
        try
        {
            await run.TableCalls.RunAsync(() => run.DynamoDb.TransactWriteItemsAsync(request, cancellationToken), cancellationToken);
            pending.ForEach(static write => write.Outcome = ChangeOutcome.Applied);
        }
        catch (TransactionCanceledException exception) when (exception.CancellationReasons?.Count == pending.Count)
        {
            if (exception.CancellationReasons.Exists(static reason => reason.Code is "ThrottlingError" or "ProvisionedThroughputExceeded"))
            {
                run.TableCalls.ReportThrottling();
            }

            foreach (var (write, reason) in pending.Zip(exception.CancellationReasons))
            {
                write.Outcome = Read(reason);
            }
        }
        catch (Exception exception) when (run.IsItemFailure(exception, cancellationToken))
        {
            pending.ForEach(write => write.Outcome = ChangeOutcome.Failed(run.Describe(exception)));
        }

        // A doubt outlives the request: the next one of the same write has another token.
        if (AwsAttempts.MayHaveBeenMade(request))
        {
            pending.ForEach(static write => write.IsDoubtful = true);
        }
    }

    // 'None' marks an item that was cancelled only because another one failed; conflicts and throttling are transient.
    private static ChangeOutcome? Read(CancellationReason reason) => reason.Code switch
    {
        "ConditionalCheckFailed" => ChangeOutcome.Skipped("the session changed meanwhile"),
        "ItemCollectionSizeLimitExceeded" or "ValidationError" => ChangeOutcome.Failed($"{reason.Code}: {reason.Message}"),
        _ => null,
    };

    /// <summary>
    /// Finds out what became of writes whose answer was lost: the repetition of a write that was made loses its condition. What somebody
    /// else has written since proves nothing.
    /// </summary>
    private async Task SettleAsync(List<ConditionalWrite> doubtful, CancellationToken cancellationToken)
    {
        if (doubtful.Count == 0)
        {
            return;
        }

        try
        {
            var sessions = await read(doubtful.Select(static write => write.Id), cancellationToken);
            foreach (var write in doubtful)
            {
                write.Outcome = write.IsMade(sessions.GetValueOrDefault(write.Id))
                    ? ChangeOutcome.Applied
                    : write.Outcome!.Value.AfterLostAnswer();
            }
        }
        catch (Exception exception) when (run.IsItemFailure(exception, cancellationToken))
        {
            doubtful.ForEach(write => write.Outcome = ChangeOutcome.Unknown(run.Describe(exception)));
        }
    }
}

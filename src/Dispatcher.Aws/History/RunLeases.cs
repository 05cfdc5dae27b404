using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Dispatcher.Hosting;

namespace Dispatcher.Aws.History;

/// <summary>
/// The leases in the table. Each operation is one conditional write: of two runs that want a lease at once, DynamoDB refuses one, and
/// tells it with the refusal who holds the lease.
/// </summary>
/// <param name="table">The table.</param>
/// <param name="dynamoDb">The client.</param>
/// <param name="timeProvider">The clock.</param>
internal sealed class RunLeases(RunTableSettings table, Lazy<IAmazonDynamoDB> dynamoDb, TimeProvider timeProvider)
{
    /// <summary>Another request that writes the same item at the same moment is over in milliseconds.</summary>
    private const int MaxConflicts = 12;

    private const string ConditionFailed = "ConditionalCheckFailed";
    private const string Conflict = "TransactionConflict";

    public async Task<LeaseResult> AcquireAsync(LeaseRequest request, CancellationToken cancellationToken)
    {
        var now = timeProvider.GetUtcNow();
        try
        {
            var taken = await UpdateAsync(LeaseUpdate.Take(request, now), cancellationToken);
            return LeaseResult.Taken(LeaseItem.LeaseOf(taken.Attributes, request));
        }
        catch (ConditionalCheckFailedException refused)
        {
            var found = LeaseItem.Read(refused.Item ?? [], request.Job, request.Key, now);
            return found.Holder?.RunId == request.RunId
                ? await KeepAsync(LeaseItem.LeaseOf(refused.Item!, request), found, request.Until, cancellationToken)
                : found;
        }
    }

    public async Task<IReadOnlyList<LeaseResult?>> ReadAsync(
        string job, IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        var now = timeProvider.GetUtcNow();
        var items = new Dictionary<string, Dictionary<string, AttributeValue>>(StringComparer.Ordinal);
        var requested = keys.Select(key => LeaseItem.KeyOf(job, key)).DistinctBy(LeaseItem.KeyOf, StringComparer.Ordinal).ToList();
        var wanted = requested.Count == 0
            ? []
            : new Dictionary<string, KeysAndAttributes> { [table.Name] = new() { Keys = requested, ConsistentRead = true } };
        while (wanted.Count > 0)
        {
            var response = await dynamoDb.Value.BatchGetItemAsync(new BatchGetItemRequest { RequestItems = wanted }, cancellationToken);
            foreach (var item in (response.Responses?.Values ?? Enumerable.Empty<List<Dictionary<string, AttributeValue>>>())
                .SelectMany(static found => found))
            {
                items[LeaseItem.KeyOf(item)] = item;
            }

            // A throttled table returns unprocessed keys with HTTP 200.
            wanted = response.UnprocessedKeys ?? [];
        }

        return
        [
            .. keys.Select(key => items.TryGetValue(LeaseItem.KeyOf(LeaseItem.KeyOf(job, key)), out var item)
                ? LeaseItem.ReadState(item, now)
                : null),
        ];
    }

    /// <summary>
    /// Lists the runs at work, by one Query of the job's leases. It reads those of the last days too, a few hundred bytes each, because the
    /// table has no index of the holders.
    /// </summary>
    public async Task<IReadOnlyList<LeaseHolder>> ListRunningAsync(string job, CancellationToken cancellationToken)
    {
        var request = LeaseItem.QueryHolders(table.Name, job, timeProvider.GetUtcNow());
        var holders = new List<LeaseHolder>();
        do
        {
            var response = await dynamoDb.Value.QueryAsync(request, cancellationToken);
            holders.AddRange((response.Items ?? []).Select(static item => LeaseItem.HolderOf(item)));
            request.ExclusiveStartKey = response.LastEvaluatedKey;
        }
        while (request.ExclusiveStartKey is { Count: > 0 });
        return LeaseHolders.Combine(holders);
    }

    public async Task<bool> RenewAsync(IReadOnlyList<Lease> leases, DateTimeOffset until, CancellationToken cancellationToken) =>
        await TryWriteAsync([.. leases.Distinct().Select(lease => LeaseUpdate.Renew(lease, until))], cancellationToken);

    public async Task EndAsync(IReadOnlyList<LeaseEnd> ends, CancellationToken cancellationToken)
    {
        var now = timeProvider.GetUtcNow();
        LeaseUpdate[] updates = [.. ends.DistinctBy(static end => end.Lease).Select(end => LeaseUpdate.End(end, now))];
        if (await TryWriteAsync(updates, cancellationToken) || updates.Length == 1)
        {
            return;
        }

        // One of them was taken over, and keeps all of the transaction from being written.
        foreach (var update in updates)
        {
            await TryWriteAsync([update], cancellationToken);
        }
    }

    /// <summary>The run holds the lease already: the answer to its first request was lost, and the request was sent again.</summary>
    private async Task<LeaseResult> KeepAsync(
        Lease lease, LeaseResult found, DateTimeOffset until, CancellationToken cancellationToken) =>
        found.Holder!.Until.ToUnixTimeMilliseconds() >= until.ToUnixTimeMilliseconds()
        || await RenewAsync([lease], until, cancellationToken)
            ? LeaseResult.Taken(lease)
            : found;

    /// <returns><see langword="false"/> if a condition failed; then nothing is written.</returns>
    private async Task<bool> TryWriteAsync(LeaseUpdate[] updates, CancellationToken cancellationToken)
    {
        try
        {
            switch (updates)
            {
                case []:
                    break;
                case [var only]:
                    await UpdateAsync(only, cancellationToken);
                    break;
                default:
                    await RetryAsync(() => dynamoDb.Value.TransactWriteItemsAsync(
                        new TransactWriteItemsRequest { TransactItems = [.. updates.Select(update => update.ToTransactItem(table.Name))] },
                        cancellationToken), cancellationToken);
                    break;
            }

            return true;
        }
        catch (Exception exception) when (exception is ConditionalCheckFailedException || HasReason(exception, ConditionFailed))
        {
            return false;
        }
    }

    private Task<UpdateItemResponse> UpdateAsync(LeaseUpdate update, CancellationToken cancellationToken) =>
        RetryAsync(() => dynamoDb.Value.UpdateItemAsync(update.ToRequest(table.Name), cancellationToken), cancellationToken);

    private static async Task<TResponse> RetryAsync<TResponse>(Func<Task<TResponse>> call, CancellationToken cancellationToken)
    {
        for (var conflicts = 0; ; conflicts++)
        {
            try
            {
                return await call();
            }
            catch (Exception exception) when (IsConflict(exception) && conflicts < MaxConflicts)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(10, 20 << Math.Min(conflicts, 4))), cancellationToken);
            }
        }
    }

    /// <summary>Determines whether another request wrote the same item at the same moment. The SDK does not retry these.</summary>
    private static bool IsConflict(Exception exception) =>
        exception is TransactionConflictException || (HasReason(exception, Conflict) && !HasReason(exception, ConditionFailed));

    private static bool HasReason(Exception exception, string code) =>
        exception is TransactionCanceledException { CancellationReasons: { } reasons } && reasons.Exists(reason => reason.Code == code);
}

using System.Globalization;
using System.Runtime.CompilerServices;
using Amazon.DynamoDBv2.Model;
using Dispatcher.Changes;
using Names = System.Collections.Generic.Dictionary<string, string>;
using Values = System.Collections.Generic.Dictionary<string, Amazon.DynamoDBv2.Model.AttributeValue>;

namespace Dispatcher.Jobs.VideoUploads.VideoUploadCleanup.Sessions;

/// <summary>Is the table of the sessions. Every write is conditional on what was read, or on the run's own claim.</summary>
internal sealed class SessionTable(CleanupRun run)
{
    private const string Projection = "#id, #status, #type, #key, #ttl, #uploadId, #claim, #claimedAt, #markedAt";

    private readonly ConditionalWrites _writes = new(run.DynamoDb, run.Calls, run.TimeProvider);

    private string Name => run.Parameters.Table;

    private static Names ProjectionNames => new()
    {
        ["#id"] = SessionAttributes.Id,
        ["#status"] = SessionAttributes.Status,
        ["#type"] = SessionAttributes.Type,
        ["#key"] = SessionAttributes.Key,
        ["#ttl"] = SessionAttributes.Ttl,
        ["#uploadId"] = SessionAttributes.UploadId,
        ["#claim"] = SessionAttributes.Claim,
        ["#claimedAt"] = SessionAttributes.ClaimedAt,
        ["#markedAt"] = SessionAttributes.MarkedAt,
    };

    /// <summary>Reads all sessions, page by page. A page may be empty and not be the last.</summary>
    public async IAsyncEnumerable<List<UploadSession>> ScanAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = new ScanRequest { TableName = Name, ProjectionExpression = Projection, ExpressionAttributeNames = ProjectionNames };
        do
        {
            var page = await run.Calls.RunAsync(() => run.DynamoDb.ScanAsync(request, cancellationToken), cancellationToken);
            yield return [.. (page.Items ?? []).Select(UploadSession.Read)];
            request.ExclusiveStartKey = page.LastEvaluatedKey;
        }
        while (request.ExclusiveStartKey is { Count: > 0 });
    }

    /// <summary>Says which of at most 100 sessions exist, by a consistent read.</summary>
    public async Task<HashSet<Guid>> FindAsync(IEnumerable<Guid> sessions, CancellationToken cancellationToken)
    {
        var found = new HashSet<Guid>();
        var ids = sessions.Distinct().Select(static id => id.ToString());
        await foreach (var item in ReadItemsAsync(ids, "#id", new() { ["#id"] = SessionAttributes.Id }, cancellationToken))
        {
            found.Add(Guid.ParseExact(item[SessionAttributes.Id].S, "D"));
        }

        return found;
    }

    /// <summary>Reads at most 100 sessions anew, by a consistent read.</summary>
    public async Task<List<UploadSession>> ReadAsync(IEnumerable<string> ids, CancellationToken cancellationToken)
    {
        var sessions = new List<UploadSession>();
        await foreach (var item in ReadItemsAsync(ids, Projection, ProjectionNames, cancellationToken))
        {
            sessions.Add(UploadSession.Read(item));
        }

        return sessions;
    }

    /// <summary>Claims sessions that are still what was read.</summary>
    public Task<IReadOnlyList<ChangeOutcome>> ClaimAsync(IReadOnlyList<UploadSession> sessions, CancellationToken cancellationToken) =>
        WriteAsync(
            sessions,
            session => Update(
                session, "SET #claim = :run, #claimedAt = :now", SessionCondition.Unchanged(session).Add(":run", run.Context.RunId)),
            cancellationToken);

    /// <summary>
    /// Marks sessions partial that are still what was read or, once claimed, are still claimed by this run. They lose their ttl, or
    /// DynamoDB would remove them in mid-review.
    /// </summary>
    public Task<IReadOnlyList<ChangeOutcome>> MarkPartialAsync(
        IReadOnlyList<(UploadSession Session, string Note)> marks, bool claimed, CancellationToken cancellationToken) =>
        WriteAsync(
            marks,
            mark => Update(
                mark.Session,
                "SET #status = :partial, #markedAt = :now, #note = :note REMOVE #ttl, #claim, #claimedAt",
                (claimed ? SessionCondition.ClaimedBy(mark.Session, run.Context.RunId) : SessionCondition.Unchanged(mark.Session))
                    .Add("#ttl", SessionAttributes.Ttl)
                    .Add("#claim", SessionAttributes.Claim)
                    .Add("#claimedAt", SessionAttributes.ClaimedAt)
                    .Add("#markedAt", SessionAttributes.MarkedAt)
                    .Add("#note", SessionAttributes.Note)
                    .Add(":partial", "partial")
                    .Add(":note", mark.Note)),
            cancellationToken);

    /// <summary>Removes sessions that this run still holds the claim on.</summary>
    public Task<IReadOnlyList<ChangeOutcome>> RemoveAsync(IReadOnlyList<UploadSession> sessions, CancellationToken cancellationToken) =>
        WriteAsync(
            sessions,
            session =>
            {
                var condition = SessionCondition.ClaimedBy(session, run.Context.RunId);
                return new TransactWriteItem
                {
                    Delete = new Delete
                    {
                        TableName = Name,
                        Key = KeyOf(session.Id),
                        ConditionExpression = condition.Expression,
                        ExpressionAttributeNames = condition.Names,
                        ExpressionAttributeValues = condition.Values,
                    },
                };
            },
            cancellationToken);

    private static Values KeyOf(string id) => new() { [SessionAttributes.Id] = new AttributeValue { S = id } };

    private Task<IReadOnlyList<ChangeOutcome>> WriteAsync<T>(
        IReadOnlyList<T> items, Func<T, TransactWriteItem> write, CancellationToken cancellationToken) =>
        _writes.WriteAsync([.. items.Select(write)], cancellationToken);

    private TransactWriteItem Update(UploadSession session, string update, SessionCondition condition)
    {
        var now = run.TimeProvider.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        condition.Values[":now"] = new AttributeValue { N = now };
        return new TransactWriteItem
        {
            Update = new Update
            {
                TableName = Name,
                Key = KeyOf(session.Id),
                UpdateExpression = update,
                ConditionExpression = condition.Expression,
                ExpressionAttributeNames = condition.Names,
                ExpressionAttributeValues = condition.Values,
            },
        };
    }

    private async IAsyncEnumerable<Values> ReadItemsAsync(
        IEnumerable<string> ids, string projection, Names names, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var keys = new KeysAndAttributes
        {
            Keys = [.. ids.Select(KeyOf)],
            ConsistentRead = true,
            ProjectionExpression = projection,
            ExpressionAttributeNames = names,
        };
        var request = new BatchGetItemRequest { RequestItems = new() { [Name] = keys } };
        for (var pause = TimeSpan.FromMilliseconds(50); request.RequestItems is { Count: > 0 }; pause *= 2)
        {
            var page = await run.Calls.RunAsync(() => run.DynamoDb.BatchGetItemAsync(request, cancellationToken), cancellationToken);
            foreach (var item in page.Responses?.Values.SelectMany(static items => items) ?? [])
            {
                yield return item;
            }

            request.RequestItems = page.UnprocessedKeys;
            if (request.RequestItems is { Count: > 0 })
            {
                await Task.Delay(pause, run.TimeProvider, cancellationToken);
            }
        }
    }
}

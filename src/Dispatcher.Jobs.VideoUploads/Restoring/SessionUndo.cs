using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace Dispatcher.Jobs.VideoUploads.Restoring;

/// <summary>
/// Takes back a write to a session: a removed one is put back with the attributes that the audit trail holds, and a marked one gets its
/// former attributes. Either only if nobody has written it since, and no session is put back whose object was written since: the next
/// cleanup would remove that object with the session.
/// </summary>
/// <param name="run">The run.</param>
/// <param name="dynamoDb">The client.</param>
/// <param name="isWrittenSince">Determines whether an object was written since the run deleted the one of its key.</param>
internal sealed class SessionUndo(RestoreRun run, IAmazonDynamoDB dynamoDb, Func<string, Task<bool>> isWrittenSince)
{
    private static readonly ChangeOutcome Changed = ChangeOutcome.Skipped("the session has changed meanwhile");

    public async Task<RestoreStep?> InspectAsync(MadeChange made, CancellationToken cancellationToken)
    {
        if (made.Target.EndsWith("#claim", StringComparison.Ordinal) || made.Target.EndsWith("#release", StringComparison.Ordinal))
        {
            // A claim ends by itself, and a removed session is put back without one.
            return null;
        }

        if (ChangeTarget.Read(made.Target) is not { } target || FormerItem.Read(made.Undo) is not { } former)
        {
            return run.Refuse(
                made, "the audit trail does not hold the former attributes: a version before restore wrote it, or the answer was lost.");
        }

        var table = target.Container;
        var item = await FindAsync(table, former.Key, cancellationToken);
        if (former.Now is null)
        {
            return item is not null && former.IsRestored(item) ? run.Already()
                : item is not null ? run.Refuse(made, "a session with this id exists again; it is left alone.")
                : await FindNewObjectAsync(former) is { } key
                    ? run.Refuse(made, $"an object was written at '{key}' since, which the next cleanup would remove with the session.")
                : PutBack(made, table, former);
        }

        return item is null ? run.Refuse(made, "the session is gone.")
            : former.IsRestored(item) ? run.Already()
            : !former.IsUnchanged(item) ? run.Refuse(made, "the session has changed since; it is left alone.")
            : item.TryGetValue(SessionAttributes.Claim, out var claim)
                ? run.Refuse(made, $"run {claim.S} is cleaning the session up.")
            : SetBack(made, table, former);
    }

    /// <summary>Finds the key of the session's object, if it was written since.</summary>
    private async Task<string?> FindNewObjectAsync(FormerItem former)
    {
        foreach (var text in former.Was.Values.Select(static value => value.S).OfType<string>())
        {
            if (await isWrittenSince(text))
            {
                return text;
            }
        }

        return null;
    }

    private static Change Describe(MadeChange made, string action, string reason, FormerItem former) =>
        new(action, made.Target)
        {
            Reason = reason,
            Evidence = $"puts back {string.Join(", ", former.Was.Keys.Order(StringComparer.Ordinal))}",
            Counter = RestoreCounts.SessionsRestored,
        };

    private RestoreStep PutBack(MadeChange made, string table, FormerItem former)
    {
        var request = new PutItemRequest
        {
            TableName = table,
            Item = new Dictionary<string, AttributeValue>(former.Was.Concat(former.Key), StringComparer.Ordinal),
            ConditionExpression = "attribute_not_exists(#id)",
            ExpressionAttributeNames = new() { ["#id"] = former.Key.Keys.Single() },
        };
        return new RestoreStep(
            Describe(made, "dynamodb:PutItem", "puts back the session that was removed", former),
            token => WriteAsync(() => dynamoDb.PutItemAsync(request, token), token));
    }

    private RestoreStep SetBack(MadeChange made, string table, FormerItem former)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal) { ["#claim"] = SessionAttributes.Claim };
        var values = new Dictionary<string, AttributeValue>(StringComparer.Ordinal);
        var (conditions, sets, removes) = (new List<string> { "attribute_not_exists(#claim)" }, new List<string>(), new List<string>());
        foreach (var (index, name) in former.Names.Index())
        {
            names[$"#n{index}"] = name;
            conditions.Add(former.Now!.ContainsKey(name) ? $"#n{index} = :now{index}" : $"attribute_not_exists(#n{index})");
            if (former.Now.TryGetValue(name, out var now))
            {
                values[$":now{index}"] = now;
            }

            if (former.Was.TryGetValue(name, out var was))
            {
                values[$":was{index}"] = was;
                sets.Add($"#n{index} = :was{index}");
            }
            else
            {
                removes.Add($"#n{index}");
            }
        }

        var request = new UpdateItemRequest
        {
            TableName = table,
            Key = former.Key,
            ConditionExpression = string.Join(" AND ", conditions),
            UpdateExpression = (sets.Count > 0 ? $"SET {string.Join(", ", sets)} " : string.Empty)
                + (removes.Count > 0 ? $"REMOVE {string.Join(", ", removes)}" : string.Empty),
            ExpressionAttributeNames = names,
            ExpressionAttributeValues = values,
        };
        return new RestoreStep(
            Describe(made, "dynamodb:UpdateItem", "gives the session its former attributes", former),
            token => WriteAsync(() => dynamoDb.UpdateItemAsync(request, token), token));
    }

    private async Task<ChangeOutcome> WriteAsync<T>(Func<Task<T>> write, CancellationToken cancellationToken)
    {
        try
        {
            await run.Calls.RunAsync(write, cancellationToken);
            return ChangeOutcome.Applied;
        }
        catch (ConditionalCheckFailedException)
        {
            return Changed;
        }
    }

    private async Task<Dictionary<string, AttributeValue>?> FindAsync(
        string table, Dictionary<string, AttributeValue> key, CancellationToken cancellationToken)
    {
        var request = new GetItemRequest { TableName = table, Key = key, ConsistentRead = true };
        var answer = await run.Calls.RunAsync(() => dynamoDb.GetItemAsync(request, cancellationToken), cancellationToken);
        return answer.Item is { Count: > 0 } item ? item : null;
    }
}

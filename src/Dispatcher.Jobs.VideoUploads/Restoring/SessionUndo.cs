using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Dispatcher.Aws;

namespace Dispatcher.Jobs.VideoUploads.Restoring;

/// <summary>
/// Takes back a write to a session: a removed one is put back with the attributes that the audit trail holds, and a marked one gets its
/// former attributes. Either only if nobody has written it since, and only if no other object is at its key than the run has seen there:
/// the next cleanup could remove that object with the session.
/// </summary>
/// <param name="run">The run.</param>
/// <param name="dynamoDb">The client.</param>
/// <param name="objects">The objects of the sessions.</param>
internal sealed class SessionUndo(RestoreRun run, IAmazonDynamoDB dynamoDb, ObjectReader objects)
{
    private static readonly ChangeOutcome Written = ChangeOutcome.Skipped("an object was written at the session's key meanwhile");
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
                : await objects.IsAnotherThereAsync(former, cancellationToken) ? RefuseForObject(made, former)
                : PutBack(made, table, former);
        }

        return item is null ? run.Refuse(made, "the session is gone.")
            : former.IsRestored(item) ? run.Already()
            : !former.IsUnchanged(item) ? run.Refuse(made, "the session has changed since; it is left alone.")
            : item.TryGetValue(SessionAttributes.Claim, out var claim)
                ? run.Refuse(made, $"run {claim.S} is cleaning the session up.")
            : await objects.IsAnotherThereAsync(former, cancellationToken) ? RefuseForObject(made, former)
            : SetBack(made, table, former);
    }

    private RestoreStep? RefuseForObject(MadeChange made, FormerItem former) => run.Refuse(
        made, $"an object was written at {former.Object} since, which the next cleanup could remove with the session.");

    private static Change Describe(MadeChange made, string action, string reason, FormerItem former) =>
        new(action, made.Target)
        {
            Reason = reason,
            Evidence = former.Was.Count > 0
                ? $"puts back {string.Join(", ", former.Was.Keys.Order(StringComparer.Ordinal))}"
                : $"removes {string.Join(", ", former.Names.Order(StringComparer.Ordinal))}",
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
            token => WriteAsync(request, table, former, () => dynamoDb.PutItemAsync(request, token), token));
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
            token => WriteAsync(request, table, former, () => dynamoDb.UpdateItemAsync(request, token), token));
    }

    /// <summary>Looks at the object again right before the write: DynamoDB has no condition for that.</summary>
    private async Task<ChangeOutcome> WriteAsync<T>(
        AmazonWebServiceRequest request, string table, FormerItem former, Func<Task<T>> write, CancellationToken cancellationToken)
    {
        if (await objects.IsAnotherThereAsync(former, cancellationToken))
        {
            return Written;
        }

        try
        {
            await run.Calls.RunAsync(write, cancellationToken);
            return ChangeOutcome.Applied;
        }
        catch (ConditionalCheckFailedException) when (!AwsAttempts.MayHaveBeenMade(request))
        {
            return Changed;
        }
        catch (ConditionalCheckFailedException exception)
        {
            // The SDK's repetition of a write that was made loses its condition.
            return await run.SettleAsync(
                exception,
                async () => await FindAsync(table, former.Key, cancellationToken) is { } item && former.IsRestored(item)
                    ? ChangeOutcome.Applied
                    : Changed.AfterLostAnswer(),
                cancellationToken);
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

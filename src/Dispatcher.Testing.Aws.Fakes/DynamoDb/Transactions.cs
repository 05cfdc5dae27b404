using System.Text.Json.Nodes;
using Dispatcher.Testing.Aws.Fakes.Calls;
using Dispatcher.Testing.Aws.Fakes.Http;

namespace Dispatcher.Testing.Aws.Fakes.DynamoDb;

/// <summary>The transactions of DynamoDB: all writes or none, and once for each token.</summary>
internal sealed class Transactions(FakeWorld world, FakeDynamoDb database)
{
    private const int MaxItems = 100;

    private static readonly TimeSpan TokenLifetime = TimeSpan.FromMinutes(10);

    private readonly Dictionary<string, (DateTimeOffset Until, JsonObject Request)> _tokens = new(StringComparer.Ordinal);

    public JsonObject Write(DynamoDbRequest request, FakeCall call)
    {
        request.Allow("TransactItems", "ClientRequestToken", "ReturnConsumedCapacity", "ReturnItemCollectionMetrics");
        var token = request.Text("ClientRequestToken");
        if (token is not null && _tokens.TryGetValue(token, out var earlier) && earlier.Until > world.Clock.GetUtcNow())
        {
            return JsonNode.DeepEquals(earlier.Request, request.Json)
                ? []
                : throw DynamoDbError.Make(
                    "IdempotentParameterMismatchException", "The client request token was used with other parameters before.");
        }

        ItemWrite[] writes = [.. request["TransactItems"]!.AsArray().Select(item => Read(item!.AsObject()))];
        Check(writes);
        if (ReasonsAgainst(writes) is { } reasons)
        {
            throw Canceled(reasons);
        }

        Action[] changes = [.. writes.Select(write => write.Prepare(world, call))];
        Array.ForEach(changes, static change => change());
        if (token is not null)
        {
            _tokens[token] = (world.Clock.GetUtcNow() + TokenLifetime, request.Json);
        }

        return [];
    }

    private static void Check(ItemWrite[] writes)
    {
        if (writes.Length is 0 or > MaxItems)
        {
            throw DynamoDbError.Validation(
                "1 validation error detected: Value at 'transactItems' failed to satisfy constraint: "
                + "Member must have length less than or equal to 100");
        }

        if (writes.DistinctBy(static write => (write.Table, write.Key)).Count() < writes.Length)
        {
            throw DynamoDbError.Validation("Transaction request cannot include multiple operations on one item");
        }
    }

    private static JsonArray? ReasonsAgainst(ItemWrite[] writes)
    {
        var reasons = new JsonArray();
        var isCanceled = false;
        foreach (var write in writes)
        {
            var reason = new JsonObject { ["Code"] = "None" };
            if (!write.IsAllowed(out var shown))
            {
                isCanceled = true;
                reason = new JsonObject { ["Code"] = "ConditionalCheckFailed", ["Message"] = DynamoDbError.ConditionFailed };
                if (shown is not null)
                {
                    reason["Item"] = shown.ToJson();
                }
            }

            reasons.Add((JsonNode)reason);
        }

        return isCanceled ? reasons : null;
    }

    private static FakeServiceException Canceled(JsonArray reasons)
    {
        var codes = string.Join(", ", reasons.Select(static reason => reason!["Code"]!.GetValue<string>()));
        var refusal = DynamoDbError.Make(
            "TransactionCanceledException", $"Transaction cancelled, please refer cancellation reasons for specific reasons [{codes}]");
        refusal.Members["CancellationReasons"] = reasons;
        return refusal;
    }

    private ItemWrite Read(JsonObject item)
    {
        var (kind, members) = item.Single();
        return kind is "Put" or "Update" or "Delete" or "ConditionCheck"
            ? new ItemWrite(database, new DynamoDbRequest(members!.AsObject(), "TransactWriteItems"), kind)
            : throw new NotSupportedException($"TransactWriteItems is not supported with {kind}.");
    }
}

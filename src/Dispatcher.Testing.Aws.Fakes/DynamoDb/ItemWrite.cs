using System.Text.Json.Nodes;
using Dispatcher.Testing.Aws.Fakes.Calls;

namespace Dispatcher.Testing.Aws.Fakes.DynamoDb;

/// <summary>
/// One write: a request of its own, or part of a transaction. It is read and checked first, so that a bad one changes nothing.
/// </summary>
internal sealed class ItemWrite
{
    private readonly string _kind;
    private readonly Predicate<FakeItem?> _condition;
    private readonly Func<FakeItem, FakeItem> _update;
    private readonly string? _returnValues;
    private readonly bool _returnsOldOnFailure;

    /// <summary>Reads a write.</summary>
    /// <param name="database">Where it goes.</param>
    /// <param name="request">Its members.</param>
    /// <param name="kind">Put, Update, Delete or ConditionCheck.</param>
    public ItemWrite(FakeDynamoDb database, DynamoDbRequest request, string kind)
    {
        _kind = kind;
        request.Allow(
            "TableName", "ConditionExpression", "ExpressionAttributeNames", "ExpressionAttributeValues",
            "ReturnValuesOnConditionCheckFailure",
            "ReturnValues", kind == "Put" ? "Item" : "Key", kind == "Update" ? "UpdateExpression" : "TableName");
        Table = database.Table(request.Text("TableName"));
        Key = ReadKey(Table, request.Object(kind == "Put" ? "Item" : "Key"), kind != "Put");
        _returnValues = request.Text("ReturnValues");
        _returnsOldOnFailure = request.Text("ReturnValuesOnConditionCheckFailure") == "ALL_OLD";

        var expressions = request.ReadExpressions();
        _condition = expressions.ReadCondition(request.Text("ConditionExpression"));
        _update = kind switch
        {
            "Put" => Replace(FakeItem.Read(request.Object("Item"))),
            "Update" => UpdateExpression.Read(expressions, request.Text("UpdateExpression"), Table.HashKey),
            _ => static item => item,
        };
        expressions.EnsureAllUsed();
    }

    public FakeTable Table { get; }

    public string Key { get; }

    public static string ReadKey(FakeTable table, JsonObject json, bool isOnlyKey = true) =>
        json[table.HashKey]?["S"] is { } key && (!isOnlyKey || json.Count == 1)
            ? key.GetValue<string>()
            : throw DynamoDbError.Validation("The provided key element does not match the schema");

    /// <summary>Makes the write, or refuses it because of its condition.</summary>
    public JsonObject Execute(FakeAws world, FakeCall call)
    {
        var before = Table.ItemsByKey.GetValueOrDefault(Key);
        if (!IsAllowed(out _))
        {
            throw DynamoDbError.ConditionalCheckFailed(_returnsOldOnFailure ? before : null);
        }

        Prepare(world, call)();
        var returned = _returnValues switch
        {
            null or "NONE" => null,
            "ALL_OLD" => before,
            "ALL_NEW" when _kind == "Update" => Table.ItemsByKey[Key],
            _ => throw new NotSupportedException($"ReturnValues={_returnValues} is not supported. Teach the fake what it means."),
        };
        return returned is null ? [] : new JsonObject { ["Attributes"] = returned.ToJson() };
    }

    /// <summary>Checks the condition.</summary>
    public bool IsAllowed(out FakeItem? shown)
    {
        var item = Table.ItemsByKey.GetValueOrDefault(Key);
        shown = _returnsOldOnFailure ? item : null;
        return _condition(item);
    }

    /// <summary>Works out the change, whatever the condition says.</summary>
    /// <returns>What makes it, and cannot fail.</returns>
    public Action Prepare(FakeAws world, FakeCall call)
    {
        var before = Table.ItemsByKey.GetValueOrDefault(Key);
        var after = _kind switch
        {
            "Delete" => null,
            "ConditionCheck" => before,
            _ => _update(before ?? new FakeItem().With(Table.HashKey, FakeValue.String(Key))),
        };
        if (after is null ? before is null : after.IsSameAs(before))
        {
            return static () => { };
        }

        return () =>
        {
            if (after is null)
            {
                Table.ItemsByKey.Remove(Key);
            }
            else
            {
                Table.ItemsByKey[Key] = after;
            }

            world.Note(call, $"dynamodb:{_kind}Item", $"dynamodb://{Table.Name}/{Key}", $"{before} -> {after}");
        };
    }

    private static Func<FakeItem, FakeItem> Replace(FakeItem item) => _ => item;
}

using System.Text.Json.Nodes;
using Dispatcher.Testing.Aws.Fakes.Calls;

namespace Dispatcher.Testing.Aws.Fakes.DynamoDb;

/// <summary>
/// One write: a whole request, or part of a transaction. It is read and checked first, so that a bad one changes nothing.
/// </summary>
internal sealed class ItemWrite
{
    private readonly string _kind;
    private readonly Predicate<FakeItem?> _condition;
    private readonly Func<FakeItem, FakeItem> _update;
    private readonly IReadOnlyCollection<string> _updated = [];
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
            "ReturnValuesOnConditionCheckFailure", "ReturnConsumedCapacity", "ReturnItemCollectionMetrics",
            "ReturnValues", kind == "Put" ? "Item" : "Key", kind == "Update" ? "UpdateExpression" : "TableName");
        Table = database.Table(request.Text("TableName"));
        Key = Table.Key.ReadKey(request.Object(kind == "Put" ? "Item" : "Key"), isOnlyKey: kind != "Put");
        _returnValues = request.Text("ReturnValues");
        _returnsOldOnFailure = request.Text("ReturnValuesOnConditionCheckFailure") == "ALL_OLD";

        var expressions = request.ReadExpressions();
        _condition = expressions.ReadCondition(request.Text("ConditionExpression"));
        switch (kind)
        {
            case "Put":
                var item = FakeItem.Read(request.Object("Item"));
                _update = _ => item;
                break;
            case "Update":
                var update = UpdateExpression.Read(expressions, request.Text("UpdateExpression"), Table.Key);
                (_update, _updated) = (update.Apply, update.Names);
                break;
            default:
                _update = static item => item;
                break;
        }

        expressions.EnsureAllUsed();
    }

    /// <summary>Makes a write without a condition, as a batch holds it.</summary>
    public ItemWrite(FakeTable table, FakeKey key, FakeItem? item)
    {
        Table = table;
        Key = key;
        _kind = item is null ? "Delete" : "Put";
        _condition = static _ => true;
        _update = _ => item!;
    }

    public FakeTable Table { get; }

    public FakeKey Key { get; }

    public string Target => $"dynamodb://{Table.Name}/{Key}";

    private FakeItem? Before => Table.Current.GetValueOrDefault(Key);

    /// <summary>Makes the write, or refuses it because of its condition.</summary>
    public JsonObject Execute(FakeWorld world, FakeCall call)
    {
        var before = Before;
        if (!IsAllowed(out _))
        {
            throw DynamoDbError.ConditionalCheckFailed(_returnsOldOnFailure ? before : null);
        }

        Prepare(world, call)();
        var returned = _returnValues switch
        {
            null or "NONE" => null,
            "ALL_OLD" => before,
            "ALL_NEW" when _kind == "Update" => Table.Current[Key],
            "UPDATED_OLD" when _kind == "Update" => before?.Project(_updated),
            "UPDATED_NEW" when _kind == "Update" => Table.Current[Key].Project(_updated),
            _ => throw DynamoDbError.Validation($"Return values set to invalid value: {_returnValues}"),
        };
        return returned is not { Names.Count: > 0 } ? [] : new JsonObject { ["Attributes"] = returned.ToJson() };
    }

    /// <summary>Checks the condition.</summary>
    public bool IsAllowed(out FakeItem? shown)
    {
        shown = _returnsOldOnFailure ? Before : null;
        return _condition(Before);
    }

    /// <summary>Works out the change, whatever the condition says.</summary>
    /// <returns>What makes it, and cannot fail.</returns>
    public Action Prepare(FakeWorld world, FakeCall call)
    {
        var before = Before;
        var after = _kind switch
        {
            "Delete" => null,
            "ConditionCheck" => before,
            _ => _update(before ?? FakeItem.Read(Key.ToJson(Table.Key))),
        };
        if (after is null ? before is null : after.IsSameAs(before))
        {
            return static () => { };
        }

        return () =>
        {
            Table.Current = after is null ? Table.Current.Remove(Key) : Table.Current.SetItem(Key, after);
            world.Note(call, $"dynamodb:{_kind}Item", Target, $"{before} -> {after}");
        };
    }
}

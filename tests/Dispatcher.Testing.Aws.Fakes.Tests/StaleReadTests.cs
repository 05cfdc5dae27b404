using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace Dispatcher.Testing.Aws.Fakes.Tests;

/// <summary>Eventually consistent reads and indexes find the items as they were.</summary>
[Parallelizable]
internal sealed class StaleReadTests
{
    private static readonly Dictionary<string, AttributeValue> Key = new() { ["id"] = new() { S = "1" } };

    [Test]
    public async Task GetItem_TableThatLags_FindsTheOldItemUnlessConsistent()
    {
        var (clock, database, table) = NewTable();
        table.ReadLag = TimeSpan.FromSeconds(2);
        table.Put(("id", "1"), ("state", "old"));
        clock.Advance(TimeSpan.FromSeconds(5));
        table.Put(("id", "1"), ("state", "new"));

        async Task<string> ReadAsync(bool isConsistent) =>
            (await database.GetItemAsync("table", Key, isConsistent)).Item["state"].S;

        Assert.That((await ReadAsync(false), await ReadAsync(true)), Is.EqualTo(("old", "new")));
        clock.Advance(TimeSpan.FromSeconds(2));
        Assert.That(await ReadAsync(false), Is.EqualTo("new"));
    }

    [Test]
    public async Task Query_IndexThatLags_FindsTheItemLater()
    {
        var (clock, database, table) = NewTable();
        table.AddIndex("by-state", "state", "at").IndexLag = TimeSpan.FromSeconds(1);
        table.Put(("id", "1"), ("state", "new"), ("at", "1"));
        var request = new QueryRequest
        {
            TableName = "table",
            IndexName = "by-state",
            KeyConditionExpression = "#state = :state",
            ExpressionAttributeNames = new() { ["#state"] = "state" },
            ExpressionAttributeValues = new() { [":state"] = new AttributeValue { S = "new" } },
        };

        var before = await database.QueryAsync(request);
        clock.Advance(TimeSpan.FromSeconds(1));
        var after = await database.QueryAsync(request);

        Assert.That((before.Count, after.Count), Is.EqualTo((0, 1)));
    }

    private static (PauselessTimeProvider Clock, AmazonDynamoDBClient Database, DynamoDb.FakeTable Table) NewTable()
    {
        var clock = new PauselessTimeProvider(new DateTimeOffset(2026, 11, 22, 3, 0, 0, TimeSpan.Zero));
        var aws = new FakeAws(clock);
        return (clock, aws.CreateDynamoDb(), aws.DynamoDb.CreateTable("table", "id"));
    }
}

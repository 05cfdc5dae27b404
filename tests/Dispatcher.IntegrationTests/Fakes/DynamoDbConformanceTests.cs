using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Values = System.Collections.Generic.Dictionary<string, Amazon.DynamoDBv2.Model.AttributeValue>;

namespace Dispatcher.IntegrationTests.Fakes;

/// <summary>The DynamoDB in memory answers as moto does, which knows no tokens of transactions.</summary>
[Parallelizable]
internal sealed class DynamoDbConformanceTests
{
    private static readonly Dictionary<string, string> Names = new()
    {
        ["#id"] = "id", ["#text"] = "text", ["#number"] = "number", ["#none"] = "none",
    };

    private static readonly Values Placeholders = new()
    {
        [":a"] = Text("a"), [":b"] = Text("b"), [":1"] = Number("1"), [":one"] = Number("1.0"), [":2"] = Number("2"),
    };

    [Test]
    public async Task Answers_SameCalls_AreThoseOfMoto([Values] FakeAccess access)
    {
        var table = $"conformance-{Guid.NewGuid():N}";
        using var moto = (await SharedMoto.GetAsync()).CreateDynamoDb();
        using var fake = new FakeClients(access);
        foreach (var database in new[] { moto, fake.DynamoDb })
        {
            await database.CreateTableAsync(new CreateTableRequest
            {
                TableName = table,
                BillingMode = BillingMode.PAY_PER_REQUEST,
                KeySchema = [new KeySchemaElement("id", KeyType.HASH)],
                AttributeDefinitions = [new AttributeDefinition("id", ScalarAttributeType.S)],
            });
        }

        var expected = await TranscribeAsync(moto, table);
        var actual = await TranscribeAsync(fake.DynamoDb, table);

        Assert.That(actual.DifferencesFrom(expected), Is.Empty);
    }

    private static async Task<Transcript> TranscribeAsync(AmazonDynamoDBClient database, string table)
    {
        var transcript = new Transcript();
        await transcript.AddAsync(
            "no table",
            () => database.ScanAsync(new ScanRequest { TableName = "absent" }),
            static answer => answer.Count);
        await transcript.AddAsync(
            "time to live",
            () => database.DescribeTimeToLiveAsync(table),
            static answer => answer.TimeToLiveDescription.TimeToLiveStatus);
        await transcript.AddAsync(
            "describe",
            () => database.DescribeTableAsync(table),
            static answer => $"{answer.Table.TableStatus} {answer.Table.KeySchema[0].AttributeName}");
        await ConditionsAsync(transcript, database, table);
        await UpdatesAsync(transcript, database, table);
        await TransactionsAsync(transcript, database, table);
        await ReadsAsync(transcript, database, table);
        return transcript;
    }

    private static async Task ConditionsAsync(Transcript transcript, AmazonDynamoDBClient database, string table)
    {
        await database.PutItemAsync(table, new Values { ["id"] = Text("1"), ["text"] = Text("a"), ["number"] = Number("1") });
        foreach (var condition in new[]
        {
            "#text = :a", "#text = :b", "#text <> :b", "#none <> :b", "#none = :b", "#number = :one", "#number < :2", "#number <= :1",
            "#number > :1",
            "#number >= :1", "#text < :b", "#none < :b", "#text = :1", "#text <> :1", "attribute_exists(#text)", "attribute_exists(#none)",
            "attribute_not_exists(#none)", "attribute_not_exists(#text)", "#text IN (:b, :a)", "#text IN (:b, :1)", "begins_with(#text, "
                + ":a)",
            "begins_with(#text, :b)", "begins_with(#none, :a)", "#number BETWEEN :1 AND :2", "NOT #text = :a", "NOT #text = :b AND #number "
                + "= :1",
            "#text = :b OR #text = :a AND #number = :2", "(#text = :a OR #text = :b) AND #number = :1", "NOT (#text = :b OR #number = :2)",
            "#text = :a and not attribute_exists(#none)", ":b <> #text",
        })
        {
            await transcript.AddAsync($"delete 2 on {condition}", () => DeleteAsync(database, table, "2", condition), static _ => "done");
            await transcript.AddAsync(
                $"update 1 on {condition}",
                () => UpdateAsync(database, table, "1", "SET #number = :1", condition),
                static answer => Transcript.Text(answer.Attributes));
        }

        await transcript.AddAsync("unused value", () => database.UpdateItemAsync(new UpdateItemRequest
        {
            TableName = table,
            Key = Key("1"),
            UpdateExpression = "REMOVE #none",
            ExpressionAttributeNames = Used("#none"),
            ExpressionAttributeValues = Placeholders,
        }), static _ => "done");
        await transcript.AddAsync(
            "undefined value",
            () => UpdateAsync(database, table, "1", "SET #text = :undefined", null),
            static _ => "done");
        await transcript.AddAsync("old item", () => database.DeleteItemAsync(new DeleteItemRequest
        {
            TableName = table,
            Key = Key("1"),
            ConditionExpression = "attribute_not_exists(#text)",
            ExpressionAttributeNames = Used("#text"),
            ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
        }), static _ => "done");
    }

    private static async Task UpdatesAsync(Transcript transcript, AmazonDynamoDBClient database, string table)
    {
        foreach (var (id, update) in new[]
        {
            ("1", "SET #text = :b, #none = :a REMOVE #number"), ("1", "REMOVE #none, "
                + "#number"), ("3", "SET #text = :a"), ("3", "SET #number = :1"),
            ("3", "SET #number = #number + :2"), ("3", "SET #number = #number - :1, #none = "
                + "#number"), ("3", "SET #text = if_not_exists(#text, :b)"),
            ("4", "SET #text = if_not_exists(#text, :b)"), ("3", "SET #id = :a"), ("3", "SET #text = :a, #text = "
                + ":b"), ("1", "SET #text = #number"),
        })
        {
            await transcript.AddAsync(
                $"{id} {update}",
                () => UpdateAsync(database, table, id, update, null),
                static answer => Transcript.Text(answer.Attributes));
        }

        await transcript.AddAsync("put", () => database.PutItemAsync(new PutItemRequest
        {
            TableName = table, Item = new Values(Key("4")) { ["number"] = Number("5") }, ReturnValues = ReturnValue.ALL_OLD,
        }), static answer => Transcript.Text(answer.Attributes));
        await transcript.AddAsync("delete", () => database.DeleteItemAsync(new DeleteItemRequest
        {
            TableName = table, Key = Key("4"), ReturnValues = ReturnValue.ALL_OLD,
        }), static answer => Transcript.Text(answer.Attributes));
    }

    private static async Task TransactionsAsync(Transcript transcript, AmazonDynamoDBClient database, string table)
    {
        async Task WriteAsync(string step, params TransactWriteItem[] items) => await transcript.AddAsync(
            step, () => database.TransactWriteItemsAsync(new TransactWriteItemsRequest { TransactItems = [.. items] }), static _ => "done");

        await WriteAsync("one loses", Remove(table, "1", "#text = :a"), Remove(table, "3", "#text = :a"));
        await WriteAsync("both lose", Remove(table, "1", "#text = :a", returnsOld: true), Remove(table, "3", "#text = :b"));
        await WriteAsync("all win", Remove(table, "1", "#text = :b"), Set(table, "5", "SET #number = "
            + ":1"), Set(table, "6", "SET #number = :2"));
        await WriteAsync("same item", Remove(table, "5", "#number = :1"), Set(table, "5", "SET #number = :1"));
    }

    private static async Task ReadsAsync(Transcript transcript, AmazonDynamoDBClient database, string table)
    {
        await transcript.AddAsync("get", () => database.GetItemAsync(table, Key("3")), static answer => Transcript.Text(answer.Item));
        await transcript.AddAsync("get absent", () => database.GetItemAsync(table, Key("absent")), static answer => answer.Item is null);
        var keys = new KeysAndAttributes
        {
            Keys = [Key("3"), Key("absent"), Key("5")], ProjectionExpression = "#id", ExpressionAttributeNames = Used("#id"),
        };
        await transcript.AddAsync(
            "batch",
            () => database.BatchGetItemAsync(new Dictionary<string, KeysAndAttributes> { [table] = keys }),
            answer => string.Join(", ", answer.Responses[table].Select(Transcript.Text).Order()));
        keys.Keys.Add(Key("3"));
        await transcript.AddAsync(
            "batch of duplicates",
            () => database.BatchGetItemAsync(new Dictionary<string, KeysAndAttributes> { [table] = keys }),
            static _ => "done");
        var request = new ScanRequest
        {
            TableName = table, Limit = 1, ProjectionExpression = "#id, #number", ExpressionAttributeNames = Used("#id", "#number"),
        };
        var found = new List<string>();
        do
        {
            var page = await database.ScanAsync(request);
            found.AddRange((page.Items ?? []).Select(Transcript.Text));
            request.ExclusiveStartKey = page.LastEvaluatedKey;
        }
        while (request.ExclusiveStartKey is { Count: > 0 });
        await transcript.AddAsync("scan", () => Task.FromResult(found.Order()), static lines => string.Join(", ", lines));
    }

    private static Task<UpdateItemResponse> UpdateAsync(
        AmazonDynamoDBClient database, string table, string id, string update, string? condition) =>
        database.UpdateItemAsync(new UpdateItemRequest
        {
            TableName = table,
            Key = Key(id),
            UpdateExpression = update,
            ConditionExpression = condition,
            ExpressionAttributeNames = NamesIn(update, condition),
            ExpressionAttributeValues = ValuesIn(update, condition),
            ReturnValues = ReturnValue.ALL_NEW,
        });

    private static Task<DeleteItemResponse> DeleteAsync(AmazonDynamoDBClient database, string table, string id, string condition) =>
        database.DeleteItemAsync(new DeleteItemRequest
        {
            TableName = table,
            Key = Key(id),
            ConditionExpression = condition,
            ExpressionAttributeNames = NamesIn(condition),
            ExpressionAttributeValues = ValuesIn(condition),
        });

    private static TransactWriteItem Remove(string table, string id, string condition, bool returnsOld = false) => new()
    {
        Delete = new Delete
        {
            TableName = table,
            Key = Key(id),
            ConditionExpression = condition,
            ExpressionAttributeNames = NamesIn(condition),
            ExpressionAttributeValues = ValuesIn(condition),
            ReturnValuesOnConditionCheckFailure =
                returnsOld ? ReturnValuesOnConditionCheckFailure.ALL_OLD : ReturnValuesOnConditionCheckFailure.NONE,
        },
    };

    private static TransactWriteItem Set(string table, string id, string update) => new()
    {
        Update = new Update
        {
            TableName = table,
            Key = Key(id),
            UpdateExpression = update,
            ExpressionAttributeNames = NamesIn(update),
            ExpressionAttributeValues = ValuesIn(update),
        },
    };

    private static Dictionary<string, string> NamesIn(params string?[] expressions) =>
        Used([.. Names.Keys.Where(name => expressions.Any(text => text?.Contains(name, StringComparison.Ordinal) == true))]);

    private static Dictionary<string, string> Used(params string[] names) =>
        names.ToDictionary(static name => name, static name => Names[name]);

    private static Values? ValuesIn(params string?[] expressions)
    {
        var words = expressions.SelectMany(static text =>
            (text ?? string.Empty).Split(' ', ',', '(', ')')).ToHashSet(StringComparer.Ordinal);
        var used = Placeholders.Where(pair => words.Contains(pair.Key)).ToDictionary();
        return used.Count == 0 ? null : used;
    }

    private static Values Key(string id) => new() { ["id"] = Text(id) };

    private static AttributeValue Text(string text) => new() { S = text };

    private static AttributeValue Number(string number) => new() { N = number };
}

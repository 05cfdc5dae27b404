using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Values = System.Collections.Generic.Dictionary<string, Amazon.DynamoDBv2.Model.AttributeValue>;

namespace Dispatcher.IntegrationTests.Fakes;

/// <summary>Tables with sort keys and indexes, queries, batches and updates of the DynamoDB in memory answer as moto does.</summary>
[Parallelizable]
internal sealed class DynamoDbQueryConformanceTests
{
    private const string Api = "https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/";

    private static readonly MotoDeviation[] Deviations =
    [
        new("write 26 items", "400 Validation", Api + "API_BatchWriteItem.html"),
        new("query absent #kind = :k  True 3", "400 Validation", Api + "API_Query.html"),
        new("get wrong type", "400 Validation", Api + "API_GetItem.html"),
        new("get one too many", "400 Validation", Api + "API_GetItem.html"),
    ];

    [Test]
    public async Task Answers_SameCalls_AreThoseOfMoto([Values] FakeAccess access)
    {
        using var moto = (await SharedMoto.GetAsync()).CreateDynamoDb();
        using var fake = new FakeClients(access);
        var table = $"conformance-{Guid.NewGuid():N}";

        var expected = await TranscribeAsync(moto, table);
        var actual = await TranscribeAsync(fake.DynamoDb, table);

        Assert.That(actual.DifferencesFrom(expected, Deviations), Is.Empty);
    }

    private static async Task<Transcript> TranscribeAsync(AmazonDynamoDBClient database, string table)
    {
        var transcript = new Transcript();
        await TablesAsync(transcript, database, table);
        await BatchesAsync(transcript, database, table);
        await QueriesAsync(transcript, database, table);
        await UpdatesAsync(transcript, database, table);
        await ErrorsAsync(transcript, database, table);
        await transcript.AddAsync("delete table", () => database.DeleteTableAsync(table),
            static answer => answer.TableDescription.TableName.Length);
        await transcript.AddAsync("deleted table", () => database.DescribeTableAsync(table), static _ => "there");
        return transcript;
    }

    private static async Task TablesAsync(Transcript transcript, AmazonDynamoDBClient database, string table)
    {
        var request = new CreateTableRequest
        {
            TableName = table,
            BillingMode = BillingMode.PAY_PER_REQUEST,
            KeySchema = [new KeySchemaElement("id", KeyType.HASH), new KeySchemaElement("at", KeyType.RANGE)],
            AttributeDefinitions = [new("id", ScalarAttributeType.S), new("at", ScalarAttributeType.N), new("kind", ScalarAttributeType.S)],
            GlobalSecondaryIndexes =
            [
                new GlobalSecondaryIndex
                {
                    IndexName = "by-kind",
                    KeySchema = [new KeySchemaElement("kind", KeyType.HASH), new KeySchemaElement("at", KeyType.RANGE)],
                    Projection = new Projection { ProjectionType = ProjectionType.KEYS_ONLY },
                },
            ],
        };
        await transcript.AddAsync(
            "create", () => database.CreateTableAsync(request), static answer => answer.TableDescription.KeySchema.Count);
        await transcript.AddAsync("create again", () => database.CreateTableAsync(request), static _ => "done");
        await transcript.AddAsync(
            "describe",
            () => database.DescribeTableAsync(table),
            static answer => string.Join(' ', answer.Table.KeySchema.Concat(answer.Table.GlobalSecondaryIndexes[0].KeySchema)
                .Select(static key => $"{key.AttributeName} {key.KeyType}")
                .Concat(answer.Table.AttributeDefinitions.Select(static item => $"{item.AttributeName} {item.AttributeType}").Order())));
        await transcript.AddAsync(
            "set time to live",
            () => database.UpdateTimeToLiveAsync(new UpdateTimeToLiveRequest
            {
                TableName = table, TimeToLiveSpecification = new TimeToLiveSpecification { Enabled = true, AttributeName = "end" },
            }),
            static answer => answer.TimeToLiveSpecification.AttributeName);
        await transcript.AddAsync(
            "time to live",
            () => database.DescribeTimeToLiveAsync(table),
            static answer => $"{answer.TimeToLiveDescription.TimeToLiveStatus} {answer.TimeToLiveDescription.AttributeName}");
    }

    private static async Task BatchesAsync(Transcript transcript, AmazonDynamoDBClient database, string table)
    {
        async Task WriteAsync(string step, params WriteRequest[] writes) => await transcript.AddAsync(
            $"write {step}",
            () => database.BatchWriteItemAsync(new Dictionary<string, List<WriteRequest>> { [table] = [.. writes] }),
            static answer => answer.UnprocessedItems.Count);

        await WriteAsync("items", [.. Enumerable.Range(1, 12)
            .Select(static number => Put($"{number % 2}", number, number % 3 == 0 ? "c" : "k"))]);
        await WriteAsync("deletion", new WriteRequest { DeleteRequest = new DeleteRequest { Key = Key("0", 12) } });
        await WriteAsync("duplicates", Put("1", 1, "k"), Put("1", 1, "k"));
        await WriteAsync("26 items", [.. Enumerable.Range(1, 26).Select(static number => Put("x", number, "z"))]);
        await transcript.AddAsync(
            "batch get",
            () => database.BatchGetItemAsync(new Dictionary<string, KeysAndAttributes>
            {
                [table] = new() { Keys = [Key("1", 1), Key("0", 12), Key("0", 2)] },
            }),
            answer => string.Join(", ", answer.Responses[table].Select(Transcript.Text).Order()));
        await transcript.AddAsync(
            "transact get",
            () => database.TransactGetItemsAsync(new TransactGetItemsRequest
            {
                TransactItems = [Get(table, "1", 1), Get(table, "1", 99)],
            }),
            static answer => string.Join(", ", answer.Responses.Select(static response => Transcript.Text(response.Item))));
    }

    private static async Task QueriesAsync(Transcript transcript, AmazonDynamoDBClient database, string table)
    {
        var names = new Dictionary<string, string> { ["#id"] = "id", ["#at"] = "at", ["#kind"] = "kind" };
        var values = new Values { [":id"] = Text("1"), [":k"] = Text("k"), [":3"] = Number("3"), [":9"] = Number("9") };
        foreach (var (index, key, filter, isForward, limit) in new (string? Index, string Key, string? Filter, bool IsForward, int Limit)[]
        {
            (null, "#id = :id", null, true, 100), (null, "#id = :id", null, false, 2), (null, "#id = :id", null, true, 2),
            (null, "#id = :id AND #at > :3", null, true, 100), (null, "#id = :id AND #at <= :3", null, true, 100),
            (null, "#id = :id AND #at BETWEEN :3 AND :9", null, false, 100), (null, "#id = :id AND #at = :3", null, true, 100),
            (null, "#id = :id", "#kind = :k", true, 2), (null, "#at = :3", null, true, 100),
            (null, "#id = :id AND #kind = :k", null, true, 100),
            ("by-kind", "#kind = :k", null, true, 3), ("by-kind", "#kind = :k AND #at >= :9", null, false, 100),
            ("absent", "#kind = :k", null, true, 3),
        })
        {
            var request = new QueryRequest
            {
                TableName = table,
                IndexName = index,
                KeyConditionExpression = key,
                FilterExpression = filter,
                ScanIndexForward = isForward,
                Limit = limit,
                ExpressionAttributeNames = names.Where(pair => IsIn(pair.Key, key, filter)).ToDictionary(),
                ExpressionAttributeValues = values.Where(pair => IsIn(pair.Key, key, filter)).ToDictionary(),
            };
            await PagesAsync(transcript, $"query {index} {key} {filter} {isForward} {limit}", async start =>
            {
                request.ExclusiveStartKey = start;
                var page = await database.QueryAsync(request);
                return (page.Items, page.LastEvaluatedKey, page.ScannedCount);
            });
        }

        await transcript.AddAsync(
            "count",
            () => database.QueryAsync(new QueryRequest
            {
                TableName = table,
                KeyConditionExpression = "id = :id",
                ExpressionAttributeValues = new() { [":id"] = Text("1") },
                Select = Select.COUNT,
            }),
            static answer => $"{answer.Count} {answer.Items?.Count ?? 0}");
    }

    private static async Task PagesAsync(
        Transcript transcript, string step, Func<Values?, Task<(List<Values>? Items, Values? Next, int? Scanned)>> read)
    {
        Values? start = null;
        do
        {
            Values? next = null;
            await transcript.AddAsync(step, () => read(start), page =>
            {
                next = page.Next is { Count: > 0 } ? page.Next : null;
                var items = string.Join(", ", (page.Items ?? []).Select(Transcript.Text));
                return $"{items} ({page.Scanned}) then {Transcript.Text(page.Next)}";
            });
            start = next;
        }
        while (start is not null);
    }

    private static async Task UpdatesAsync(Transcript transcript, AmazonDynamoDBClient database, string table)
    {
        var values = new Values
        {
            [":1"] = Number("1"), [":a"] = new() { SS = ["a", "b"] }, [":b"] = new() { SS = ["b", "c"] }, [":k"] = Text("k"),
            [":list"] = new() { L = [Text("x")] },
        };
        foreach (var (update, condition, returned) in new (string Update, string? Condition, string Returned)[]
        {
            ("ADD amount :1", null, "ALL_NEW"), ("ADD amount :1", null, "UPDATED_NEW"), ("ADD tags :a", null, "UPDATED_NEW"),
            ("ADD tags :b", null, "ALL_NEW"), ("DELETE tags :a", null, "ALL_NEW"), ("SET entries = :list", null, "ALL_OLD"),
            ("SET entries = list_append(entries, :list)", null, "ALL_NEW"), ("SET kind = :k", "contains(tags, :k)", "NONE"),
            ("SET kind = :k", "size(entries) > :1", "UPDATED_OLD"), ("SET kind = :k", "attribute_type(amount, :k)", "NONE"),
            ("DELETE tags :b", null, "ALL_NEW"), ("SET value = :1", null, "NONE"),
        })
        {
            await transcript.AddAsync(
                $"{update} if {condition}",
                () => database.UpdateItemAsync(new UpdateItemRequest
                {
                    TableName = table,
                    Key = Key("u", 1),
                    UpdateExpression = update,
                    ConditionExpression = condition,
                    ExpressionAttributeValues = values.Where(pair => IsIn(pair.Key, update, condition)).ToDictionary(),
                    ReturnValues = returned,
                }),
                static answer => Describe(answer.Attributes));
        }
    }

    private static async Task ErrorsAsync(Transcript transcript, AmazonDynamoDBClient database, string table)
    {
        foreach (var (step, key) in new (string Step, Values Key)[]
        {
            ("no sort key", new() { ["id"] = Text("1") }), ("wrong type", new() { ["id"] = Text("1"), ["at"] = Text("1") }),
            ("one too many", new() { ["id"] = Text("1"), ["at"] = Number("1"), ["kind"] = Text("k") }),
        })
        {
            await transcript.AddAsync($"get {step}", () => database.GetItemAsync(table, key), static _ => "done");
        }

        await transcript.AddAsync(
            "put no sort key", () => database.PutItemAsync(table, new Values { ["id"] = Text("1") }), static _ => "done");
        await transcript.AddAsync(
            "put empty key", () => database.PutItemAsync(table, new Values { ["id"] = Text(string.Empty), ["at"] = Number("1") }),
            static _ => "done");
        await transcript.AddAsync("consistent index", () => database.QueryAsync(new QueryRequest
        {
            TableName = table,
            IndexName = "by-kind",
            ConsistentRead = true,
            KeyConditionExpression = "kind = :k",
            ExpressionAttributeValues = new() { [":k"] = Text("k") },
        }), static _ => "done");
    }

    private static bool IsIn(string placeholder, params string?[] expressions) =>
        expressions.Any(text => text?.Split(' ', ',', '(', ')').Contains(placeholder) == true);

    private static string Describe(Values? item) => string.Join(' ', (item ?? [])
        .OrderBy(static pair => pair.Key, StringComparer.Ordinal)
        .Select(static pair => $"{pair.Key}={pair.Value.S ?? pair.Value.N ?? Many(pair.Value)}"));

    private static string Many(AttributeValue value) => value.SS is { Count: > 0 }
        ? $"{{{string.Join(',', value.SS.Order())}}}"
        : $"[{string.Join(',', (value.L ?? []).Select(static element => element.S))}]";

    private static TransactGetItem Get(string table, string id, int at) => new() { Get = new Get { TableName = table, Key = Key(id, at) } };

    private static WriteRequest Put(string id, int at, string kind) =>
        new() { PutRequest = new PutRequest { Item = new Values(Key(id, at)) { ["kind"] = Text(kind), ["other"] = Text("x") } } };

    private static Values Key(string id, int at) => new() { ["id"] = Text(id), ["at"] = Number($"{at}") };

    private static AttributeValue Text(string text) => new() { S = text };

    private static AttributeValue Number(string number) => new() { N = number };
}

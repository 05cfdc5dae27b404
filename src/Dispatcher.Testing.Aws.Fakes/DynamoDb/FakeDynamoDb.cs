using System.Net;
using System.Text.Json.Nodes;
using Dispatcher.Testing.Aws.Fakes.Calls;
using Dispatcher.Testing.Aws.Fakes.Http;

namespace Dispatcher.Testing.Aws.Fakes.DynamoDb;

/// <summary>DynamoDB in memory: tables with indexes, conditional writes, batches, transactions, and reads that lag behind.</summary>
public sealed class FakeDynamoDb : IFakeService
{
    internal const string TargetPrefix = "DynamoDB_20120810.";

    private readonly FakeWorld _world;
    private readonly Transactions _transactions;

    internal FakeDynamoDb(FakeWorld world)
    {
        _world = world;
        _transactions = new Transactions(world, this);
    }

    /// <summary>Gets or sets how many items a page of a Scan or Query looks at, at most, whatever a request asks for.</summary>
    public int PageSize { get; set; } = 1_000;

    /// <summary>Gets or sets how many items BatchGetItem answers at once; it leaves the others unprocessed.</summary>
    public int BatchGetSize { get; set; } = 100;

    internal Dictionary<string, FakeTable> Tables { get; } = new(StringComparer.Ordinal);

    /// <summary>Adds a table.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="hashKey">The name of its hash key, a string.</param>
    /// <param name="sortKey">The name of its sort key, a string.</param>
    /// <returns>The table.</returns>
    public FakeTable CreateTable(string name, string hashKey, string? sortKey = null) => _world.Locked(() =>
    {
        var table = new FakeTable(_world, name, new KeySchema(hashKey, sortKey));
        Tables.Add(name, table);
        return table;
    });

    (string Operation, string Target) IFakeService.Describe(FakeRequest request)
    {
        var operation = OperationOf(request);
        var json = Parse(request);
        var table = json["TableName"]?.GetValue<string>()
            ?? (json["RequestItems"] as JsonObject)?.FirstOrDefault().Key
            ?? json["TransactItems"]?[0]?.AsObject().First().Value?["TableName"]?.GetValue<string>();
        var key = (json["Key"] ?? json["Item"]) is JsonObject item && table is not null && Tables.TryGetValue(table, out var found)
            ? string.Concat(found.Key.Names.Select(name => $"/{item[name]?.AsObject().FirstOrDefault().Value}"))
            : string.Empty;
        return ($"dynamodb:{operation}", $"dynamodb://{table}{key}");
    }

    HttpResponseMessage IFakeService.Execute(FakeRequest request, FakeCall call)
    {
        var parsed = new DynamoDbRequest(Parse(request), OperationOf(request));
        var tables = new TableOperations(_world, this, parsed, call);
        var reads = new ItemReads(this, parsed, call);
        var answer = parsed.Operation switch
        {
            "CreateTable" => tables.Create(),
            "DeleteTable" => tables.Delete(),
            "DescribeTable" => tables.Describe(),
            "DescribeTimeToLive" => tables.DescribeTimeToLive(),
            "ListTables" => tables.List(),
            "UpdateTimeToLive" => tables.UpdateTimeToLive(),
            "Scan" or "Query" => new ItemPage(this, parsed).Answer(PageSize),
            "GetItem" => reads.Get(),
            "BatchGetItem" => reads.BatchGet(),
            "TransactGetItems" => reads.TransactGet(),
            "PutItem" or "UpdateItem" or "DeleteItem" =>
                new ItemWrite(this, parsed, parsed.Operation[..^"Item".Length]).Execute(_world, call),
            "BatchWriteItem" => new BatchWrite(_world, this, parsed, call).Execute(),
            "TransactWriteItems" => _transactions.Write(parsed, call),
            _ => throw new NotSupportedException($"{parsed.Operation} is not supported. Teach the fake what it means."),
        };
        return JsonAnswer.Make(HttpStatusCode.OK, answer);
    }

    HttpResponseMessage IFakeService.Refuse(FakeRequest request, FakeServiceException exception) => JsonAnswer.Refuse(
        exception,
        "com.amazonaws.dynamodb.v20120810",
        exception.Code == "TransactionCanceledException" ? "Message" : "message");

    FakeServiceException IFakeService.RefusalFor(FakeFault fault) => fault switch
    {
        FakeFault.ServerError => new(HttpStatusCode.InternalServerError, "InternalServerError", "The request processing has failed."),
        FakeFault.Throttled => DynamoDbError.Make(
            "ProvisionedThroughputExceededException", "The level of configured provisioned throughput for the table was exceeded."),
        FakeFault.Denied => DynamoDbError.Make("AccessDeniedException", "User is not authorized to perform this action"),
        _ => throw new NotSupportedException($"{fault} is not a refusal."),
    };

    internal FakeTable Table(string? name) =>
        name is not null && Tables.TryGetValue(name, out var table)
            ? table
            : throw DynamoDbError.Make("ResourceNotFoundException", "Requested resource not found");

    private static string OperationOf(FakeRequest request) =>
        request.Headers.GetValueOrDefault("X-Amz-Target") is { } target && target.StartsWith(TargetPrefix, StringComparison.Ordinal)
            ? target[TargetPrefix.Length..]
            : throw new NotSupportedException("Only the protocol AWS JSON 1.0 of DynamoDB_20120810 is supported.");

    private static JsonObject Parse(FakeRequest request) => JsonNode.Parse(request.Body)!.AsObject();
}

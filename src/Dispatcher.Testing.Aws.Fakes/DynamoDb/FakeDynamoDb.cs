using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Dispatcher.Testing.Aws.Fakes.Calls;
using Dispatcher.Testing.Aws.Fakes.Http;

namespace Dispatcher.Testing.Aws.Fakes.DynamoDb;

/// <summary>DynamoDB in memory: tables with a hash key, conditional writes, transactions.</summary>
public sealed class FakeDynamoDb : IFakeService
{
    private const string TargetPrefix = "DynamoDB_20120810.";

    private readonly FakeAws _world;
    private readonly Transactions _transactions;

    internal FakeDynamoDb(FakeAws world)
    {
        _world = world;
        _transactions = new Transactions(world, this);
    }

    /// <summary>Gets or sets how many items a page of a Scan looks at, at most, whatever a request asks for.</summary>
    public int PageSize { get; set; } = 1_000;

    /// <summary>Gets or sets how many items BatchGetItem answers at once; it leaves the others unprocessed.</summary>
    public int BatchGetSize { get; set; } = 100;

    internal Dictionary<string, FakeTable> Tables { get; } = new(StringComparer.Ordinal);

    /// <summary>Adds a table.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="hashKey">The name of the attribute that is its key, a string.</param>
    /// <returns>The table.</returns>
    public FakeTable CreateTable(string name, string hashKey) => _world.Locked(() =>
    {
        var table = new FakeTable(_world, name, hashKey);
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
            ? $"/{item[found.HashKey]?["S"]}"
            : string.Empty;
        return ($"dynamodb:{operation}", $"dynamodb://{table}{key}");
    }

    HttpResponseMessage IFakeService.Execute(FakeRequest request, FakeCall call)
    {
        var parsed = new DynamoDbRequest(Parse(request), OperationOf(request));
        var reads = new ItemReads(this, parsed);
        var answer = parsed.Operation switch
        {
            "DescribeTable" => reads.DescribeTable(),
            "DescribeTimeToLive" => reads.DescribeTimeToLive(),
            "Scan" => reads.Scan(),
            "GetItem" => reads.Get(),
            "BatchGetItem" => reads.BatchGet(),
            "PutItem" or "UpdateItem" or "DeleteItem" =>
                new ItemWrite(this, parsed, parsed.Operation[..^"Item".Length]).Execute(_world, call),
            "TransactWriteItems" => _transactions.Write(parsed, call),
            _ => throw new NotSupportedException($"{parsed.Operation} is not supported. Teach the fake what it means."),
        };
        return Answer(HttpStatusCode.OK, answer);
    }

    HttpResponseMessage IFakeService.Refuse(FakeRequest request, FakeServiceException exception)
    {
        var answer = new JsonObject
        {
            ["__type"] = $"com.amazonaws.dynamodb.v20120810#{exception.Code}",
            [exception.Code == "TransactionCanceledException" ? "Message" : "message"] = exception.Message,
        };
        foreach (var (name, value) in exception.Members)
        {
            answer[name] = value.DeepClone();
        }

        return Answer(exception.Status, answer);
    }

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

    private static HttpResponseMessage Answer(HttpStatusCode status, JsonObject answer)
    {
        var content = new StringContent(answer.ToJsonString());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.0");
        return new HttpResponseMessage(status) { Content = content };
    }
}

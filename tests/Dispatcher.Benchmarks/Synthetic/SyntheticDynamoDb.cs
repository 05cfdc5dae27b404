using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Dispatcher.Benchmarks.Synthetic;

/// <summary>What the cleanup asks of DynamoDB. Conditions are not evaluated: nobody else writes.</summary>
internal sealed class SyntheticDynamoDb(SyntheticUploads uploads)
{
    private static readonly string Table = """
        {"Table":{"TableName":"sessions","TableStatus":"ACTIVE","KeySchema":[{"AttributeName":"uploadSessionId","KeyType":"HASH"}],
        "AttributeDefinitions":[{"AttributeName":"uploadSessionId","AttributeType":"S"}]}}
        """;

    /// <summary>Gets the number of sessions in a page; by default as many as 1 MB holds.</summary>
    public int PageSize { get; init; } = 4_000;

    public SyntheticAnswer Answer(string operation, Stream body)
    {
        using var request = JsonDocument.Parse(body);
        return SyntheticAnswer.Json(operation switch
        {
            "DescribeTable" => Table,
            "DescribeTimeToLive" => """{"TimeToLiveDescription":{"TimeToLiveStatus":"DISABLED"}}""",
            "Scan" => Scan(request.RootElement),
            "BatchGetItem" => BatchGet(request.RootElement),
            "TransactWriteItems" => Write(request.RootElement),
            _ => throw new NotSupportedException($"{operation} is not computed."),
        });
    }

    private string Scan(JsonElement request)
    {
        var segment = request.TryGetProperty("Segment", out var asked) ? asked.GetInt32() : 0;
        var segments = request.TryGetProperty("TotalSegments", out var total) ? total.GetInt32() : 1;
        var size = request.TryGetProperty("Limit", out var limit) ? Math.Min(limit.GetInt32(), PageSize) : PageSize;
        var end = (int)((long)uploads.Count * (segment + 1) / segments);
        var index = request.TryGetProperty("ExclusiveStartKey", out var after) && after.ValueKind == JsonValueKind.Object
            ? IndexOf(IdOf(after)) + 1
            : (int)((long)uploads.Count * segment / segments);
        var items = new StringBuilder();
        var found = 0;
        for (; index < end && found < size; index++)
        {
            var number = uploads.SessionAt(index);
            if (uploads.HasSession(number))
            {
                items.Append(found++ == 0 ? string.Empty : ",").Append(uploads.Session(number));
            }
        }

        var last = index < end && index > 0
            ? $$$""","LastEvaluatedKey":{"uploadSessionId":{"S":"{{{SyntheticUploads.IdOf(uploads.SessionAt(index - 1))}}}"}}"""
            : string.Empty;
        return $$"""{"Items":[{{items}}],"Count":{{found}},"ScannedCount":{{found}}{{last}}}""";
    }

    private int IndexOf(string id) => SyntheticUploads.NumberOf(id) / Math.Max(1, uploads.SessionAt(1));

    private string BatchGet(JsonElement request)
    {
        var table = request.GetProperty("RequestItems").EnumerateObject().Single();
        var found = table.Value.GetProperty("Keys").EnumerateArray().Select(static key => SyntheticUploads.NumberOf(IdOf(key)))
            .Where(uploads.HasSession).Select(uploads.Session);
        return $$$"""{"Responses":{"{{{table.Name}}}":[{{{string.Join(',', found)}}}]},"UnprocessedKeys":{}}""";
    }

    private string Write(JsonElement request)
    {
        foreach (var item in request.GetProperty("TransactItems").EnumerateArray())
        {
            if (item.TryGetProperty("Delete", out var delete) && delete.ValueKind == JsonValueKind.Object)
            {
                uploads.DeleteSession(SyntheticUploads.NumberOf(IdOf(delete.GetProperty("Key"))));
                continue;
            }

            var update = item.GetProperty("Update");
            var values = update.GetProperty("ExpressionAttributeValues");
            var number = SyntheticUploads.NumberOf(IdOf(update.GetProperty("Key")));
            uploads.Claims[number] = values.TryGetProperty(":run", out var run)
                ? (run.GetProperty("S").GetString()!, values.GetProperty(":now").GetProperty("N").GetString()!)
                : throw new NotSupportedException(
                    string.Create(CultureInfo.InvariantCulture, $"Only claims and removals are computed, not {update}."));
        }

        return "{}";
    }

    private static string IdOf(JsonElement key) => key.GetProperty("uploadSessionId").GetProperty("S").GetString()!;
}

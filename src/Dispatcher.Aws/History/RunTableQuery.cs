using System.Globalization;
using Amazon.DynamoDBv2.Model;

namespace Dispatcher.Aws.History;

/// <summary>A Query for the runs of one job, newest first.</summary>
/// <param name="Table">The table.</param>
/// <param name="Job">The job.</param>
internal sealed record RunTableQuery(string Table, string Job)
{
    /// <summary>
    /// The items of a page if no filter is used. Without this limit a page reads a megabyte, most of which a list of the newest runs does
    /// not need; with a filter, a small page would usually be empty.
    /// </summary>
    private const int UnfilteredPage = 100;

    public DateTimeOffset? Since { get; init; }

    public JobStatus? Status { get; init; }

    /// <summary>Gets how many runs are wanted at most.</summary>
    public int? Newest { get; init; }

    /// <summary>Gets the prefix of the ids of the wanted runs.</summary>
    public string? Beginning { get; init; }

    /// <summary>Gets the time up to which runs have expired, whether TTL has deleted them or not.</summary>
    public required DateTimeOffset Now { get; init; }

    public static Dictionary<string, AttributeValue> KeyOf(string job, string runId) =>
        new() { [RunItem.Job] = new(job), [RunItem.RunId] = new(runId) };

    public QueryRequest ToRequest()
    {
        var request = new QueryRequest
        {
            TableName = Table,
            ScanIndexForward = false,
            KeyConditionExpression = "#job = :job",
            FilterExpression = "(attribute_not_exists(#expiresAt) OR #expiresAt > :now)",
            ExpressionAttributeNames = new() { ["#job"] = RunItem.Job, ["#expiresAt"] = RunItem.ExpiresAt },
            ExpressionAttributeValues = new() { [":job"] = new(Job), [":now"] = RunItem.Number(Now.ToUnixTimeSeconds()) },
        };
        if (Beginning is { } beginning)
        {
            AddKeyCondition(request, "begins_with(#runId, :runId)", beginning);
        }
        else if (Since is { } since)
        {
            AddKeyCondition(request, "#runId >= :runId", FirstRunId(since));
        }

        if (Status is { } status)
        {
            request.FilterExpression += " AND #status = :status";
            request.ExpressionAttributeNames["#status"] = RunItem.Status;
            request.ExpressionAttributeValues[":status"] = new(RunItem.WordFor(status));
        }
        else
        {
            request.Limit = Math.Min(Newest ?? UnfilteredPage, UnfilteredPage);
        }

        return request;
    }

    private static void AddKeyCondition(QueryRequest request, string condition, string value)
    {
        request.KeyConditionExpression += $" AND {condition}";
        request.ExpressionAttributeNames["#runId"] = RunItem.RunId;
        request.ExpressionAttributeValues[":runId"] = new(value);
    }

    /// <summary>
    /// Creates a text that sorts before every id of a millisecond: a UUIDv7 begins with the time in 48 bits (RFC 9562, 5.7).
    /// </summary>
    private static string FirstRunId(DateTimeOffset time)
    {
        var milliseconds = Math.Max(0, time.ToUnixTimeMilliseconds()).ToString("x12", CultureInfo.InvariantCulture);
        return $"{milliseconds[..8]}-{milliseconds[8..]}-";
    }
}

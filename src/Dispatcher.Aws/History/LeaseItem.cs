using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Amazon.DynamoDBv2.Model;
using Dispatcher.Hosting;

namespace Dispatcher.Aws.History;

/// <summary>
/// A lease as an item of the table. Its hash key is <c>lease:JOB</c>, which is not the name of a job, so that no lease is among the runs.
/// </summary>
internal static class LeaseItem
{
    public const string Token = "token";
    public const string Holder = "holder";
    public const string Since = "since";
    public const string Until = "until";
    public const string DoneBy = "doneBy";
    public const string DoneStatus = "doneStatus";
    public const string DoneAt = "doneAt";
    public const string KeepUntil = "keepUntil";

    private const string Prefix = "lease:";

    /// <summary>The most bytes of a sort key.</summary>
    private const int MaxSortKey = 1_024;

    /// <summary>The characters of a longer key that its sort key shows; each has at most three bytes.</summary>
    private const int ShownOfLongKey = 300;

    /// <summary>Determines whether a hash key of the table belongs to leases.</summary>
    public static bool IsHashKey(string hashKey) => hashKey.StartsWith(Prefix, StringComparison.Ordinal);

    public static Dictionary<string, AttributeValue> KeyOf(string job, string key) => RunTableQuery.KeyOf(Prefix + job, SortKeyOf(key));

    /// <summary>Creates a Query for the holders of a job's leases. Its filter keeps what has ended or expired from the network.</summary>
    public static QueryRequest QueryHolders(string table, string job, DateTimeOffset now) => new()
    {
        TableName = table,
        KeyConditionExpression = "#job = :job",
        FilterExpression = "attribute_exists(#holder) AND #until > :takeover",
        ProjectionExpression = "#job, #runId, #holder, #since, #until",
        ExpressionAttributeNames = new()
        {
            ["#job"] = RunItem.Job, ["#runId"] = RunItem.RunId, ["#holder"] = Holder, ["#since"] = Since, ["#until"] = Until,
        },
        ExpressionAttributeValues = new()
        {
            [":job"] = new(Prefix + job), [":takeover"] = Time(now - LeaseUpdate.SkewAllowance),
        },
    };

    /// <summary>Reads the holder of a lease that is held.</summary>
    /// <exception cref="InvalidDataException">The item is not a lease.</exception>
    public static LeaseHolder HolderOf(Dictionary<string, AttributeValue> item) => ReadHolder(item).Holder!;

    /// <summary>Reads the answer of a request that did not take the lease, from the item that it found.</summary>
    /// <exception cref="InvalidDataException">The item is not a lease.</exception>
    public static LeaseResult Read(Dictionary<string, AttributeValue> item, string job, string key, DateTimeOffset now) =>
        item.ContainsKey(KeepUntil) && TimeOf(item, KeepUntil) > now ? ReadOutcome(item) : ReadHolder(item);

    /// <summary>Reads what a lease is now: held, finished (even if the outcome is not kept any more), or neither.</summary>
    /// <exception cref="InvalidDataException">The item is not a lease.</exception>
    public static LeaseResult? ReadState(Dictionary<string, AttributeValue> item, DateTimeOffset now) =>
        item.ContainsKey(Holder)
            ? TimeOf(item, Until) + LeaseUpdate.SkewAllowance > now ? ReadHolder(item) : null
            : item.ContainsKey(KeepUntil) ? ReadOutcome(item) : null;

    public static string KeyOf(Dictionary<string, AttributeValue> item) => item.GetValueOrDefault(RunItem.RunId)?.S ?? string.Empty;

    public static Lease LeaseOf(Dictionary<string, AttributeValue> item, LeaseRequest request) =>
        new(request.Job, request.Key, request.RunId, NumberOf(item, Token));

    public static AttributeValue Time(DateTimeOffset time) => RunItem.Number(time.ToUnixTimeMilliseconds());

    private static LeaseResult ReadOutcome(Dictionary<string, AttributeValue> item) =>
        Enum.TryParse<JobStatus>(item.GetValueOrDefault(DoneStatus)?.S, ignoreCase: true, out var status)
        && item.GetValueOrDefault(DoneBy)?.S is { Length: > 0 } doneBy
            ? LeaseResult.Finished(new LeaseOutcome(doneBy, status, TimeOf(item, DoneAt), TimeOf(item, KeepUntil)))
            : throw NotALease(item);

    private static LeaseResult ReadHolder(Dictionary<string, AttributeValue> item) =>
        item.GetValueOrDefault(Holder)?.S is { Length: > 0 } holder
            ? LeaseResult.HeldBy(new LeaseHolder(holder, TimeOf(item, Since), TimeOf(item, Until)))
            : throw NotALease(item);

    private static string SortKeyOf(string key) => Encoding.UTF8.GetByteCount(key) <= MaxSortKey
        ? key
        : $"{Beginning(key)}…{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))}";

    /// <summary>Cuts a key without cutting a surrogate pair.</summary>
    private static string Beginning(string key) =>
        key[..(char.IsHighSurrogate(key[ShownOfLongKey - 1]) ? ShownOfLongKey - 1 : ShownOfLongKey)];

    private static DateTimeOffset TimeOf(Dictionary<string, AttributeValue> item, string attribute) =>
        NumberOf(item, attribute) is var milliseconds && milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            : throw NotALease(item);

    private static long NumberOf(Dictionary<string, AttributeValue> item, string attribute) =>
        long.TryParse(item.GetValueOrDefault(attribute)?.N, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw NotALease(item);

    private static InvalidDataException NotALease(Dictionary<string, AttributeValue> item) =>
        new($"The item job={item.GetValueOrDefault(RunItem.Job)?.S} runId={item.GetValueOrDefault(RunItem.RunId)?.S} is not a lease. "
            + "Only the dispatcher may write to the table: delete the item.");
}

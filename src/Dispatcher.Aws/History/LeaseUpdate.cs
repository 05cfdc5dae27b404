using Amazon.DynamoDBv2.Model;
using Dispatcher.Hosting;

namespace Dispatcher.Aws.History;

/// <summary>A conditional write to the item of a lease, on its own or in a transaction.</summary>
/// <param name="Key">The key of the item.</param>
/// <param name="Condition">The condition under which it is written.</param>
/// <param name="Expression">The new values.</param>
/// <param name="Values">The values of both expressions.</param>
internal sealed record LeaseUpdate(
    Dictionary<string, AttributeValue> Key, string Condition, string Expression, Dictionary<string, AttributeValue> Values)
{
    /// <summary>
    /// How long after the end of a lease another run gets it: clocks differ, and the holder judges by its clock until when it may change
    /// something.
    /// </summary>
    public static readonly TimeSpan SkewAllowance = TimeSpan.FromSeconds(5);

    /// <summary>How long the item of a lease without an outcome is kept, so that its token goes on growing.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    private const string HolderIsTheSame = $"#{LeaseItem.Token} = :token AND #{LeaseItem.Holder} = :run";

    private static readonly string[] Names =
    [
        LeaseItem.Token, LeaseItem.Holder, LeaseItem.Since, LeaseItem.Until, LeaseItem.DoneBy, LeaseItem.DoneStatus, LeaseItem.DoneAt,
        LeaseItem.KeepUntil, RunItem.ExpiresAt,
    ];

    /// <summary>
    /// Takes a lease. The first token of an item is the time: should TTL have deleted an earlier item of the lease, the token is greater
    /// than those that it had.
    /// </summary>
    public static LeaseUpdate Take(LeaseRequest request, DateTimeOffset now) => new(
        LeaseItem.KeyOf(request.Job, request.Key),
        $"attribute_not_exists(#{LeaseItem.Token}) OR ("
            + $"(attribute_not_exists(#{LeaseItem.KeepUntil}) OR #{LeaseItem.KeepUntil} <= :now) AND "
            + $"(attribute_not_exists(#{LeaseItem.Holder}) OR #{LeaseItem.Until} <= :takeover))",
        $"SET #{LeaseItem.Token} = if_not_exists(#{LeaseItem.Token}, :now) + :one, #{LeaseItem.Holder} = :run, #{LeaseItem.Since} = :now, "
            + $"#{LeaseItem.Until} = :until, #{RunItem.ExpiresAt} = :expiresAt "
            + $"REMOVE #{LeaseItem.DoneBy}, #{LeaseItem.DoneStatus}, #{LeaseItem.DoneAt}, #{LeaseItem.KeepUntil}",
        new()
        {
            [":now"] = LeaseItem.Time(now),
            [":takeover"] = LeaseItem.Time(now - SkewAllowance),
            [":one"] = RunItem.Number(1),
            [":run"] = new(request.RunId),
            [":until"] = LeaseItem.Time(request.Until),
            [":expiresAt"] = RunItem.Number((request.Until + Kept).ToUnixTimeSeconds()),
        });

    /// <summary>Extends a lease.</summary>
    public static LeaseUpdate Renew(Lease lease, DateTimeOffset until) => new(
        LeaseItem.KeyOf(lease.Job, lease.Key),
        HolderIsTheSame,
        $"SET #{LeaseItem.Until} = :until, #{RunItem.ExpiresAt} = :expiresAt",
        new(ValuesOf(lease))
        {
            [":until"] = LeaseItem.Time(until),
            [":expiresAt"] = RunItem.Number((until + Kept).ToUnixTimeSeconds()),
        });

    /// <summary>Ends a lease, with its outcome if it has one.</summary>
    public static LeaseUpdate End(LeaseEnd end, DateTimeOffset now)
    {
        const string Remove = $" REMOVE #{LeaseItem.Holder}, #{LeaseItem.Since}, #{LeaseItem.Until}";
        var key = LeaseItem.KeyOf(end.Lease.Job, end.Lease.Key);
        return end.Outcome is not { } outcome
            ? new(key, HolderIsTheSame, $"SET #{RunItem.ExpiresAt} = :expiresAt{Remove}", new(ValuesOf(end.Lease))
            {
                [":expiresAt"] = RunItem.Number((now + Kept).ToUnixTimeSeconds()),
            })
            : new(
                key,
                HolderIsTheSame,
                $"SET #{LeaseItem.DoneBy} = :doneBy, #{LeaseItem.DoneStatus} = :doneStatus, #{LeaseItem.DoneAt} = :doneAt, "
                    + $"#{LeaseItem.KeepUntil} = :keepUntil, #{RunItem.ExpiresAt} = :expiresAt{Remove}",
                new(ValuesOf(end.Lease))
                {
                    [":doneBy"] = new(outcome.RunId),
                    [":doneStatus"] = new(RunItem.WordFor(outcome.Status)),
                    [":doneAt"] = LeaseItem.Time(outcome.FinishedAt),
                    [":keepUntil"] = LeaseItem.Time(outcome.KeepUntil),
                    [":expiresAt"] = RunItem.Number(Later(outcome.KeepUntil, now + Kept).ToUnixTimeSeconds()),
                });
    }

    /// <summary>
    /// Creates a request whose answer has the new item and, if the condition fails, the item as it is, so that no read is needed.
    /// </summary>
    public UpdateItemRequest ToRequest(string table) => new()
    {
        TableName = table,
        Key = Key,
        ConditionExpression = Condition,
        UpdateExpression = Expression,
        ExpressionAttributeNames = UsedNames(),
        ExpressionAttributeValues = Values,
        ReturnValues = Amazon.DynamoDBv2.ReturnValue.ALL_NEW,
        ReturnValuesOnConditionCheckFailure = Amazon.DynamoDBv2.ReturnValuesOnConditionCheckFailure.ALL_OLD,
    };

    public TransactWriteItem ToTransactItem(string table) => new()
    {
        Update = new Update
        {
            TableName = table,
            Key = Key,
            ConditionExpression = Condition,
            UpdateExpression = Expression,
            ExpressionAttributeNames = UsedNames(),
            ExpressionAttributeValues = Values,
        },
    };

    private static DateTimeOffset Later(DateTimeOffset left, DateTimeOffset right) => left > right ? left : right;

    private static Dictionary<string, AttributeValue> ValuesOf(Lease lease) =>
        new() { [":token"] = RunItem.Number(lease.Token), [":run"] = new(lease.RunId) };

    /// <summary>A name that no expression uses is refused.</summary>
    private Dictionary<string, string> UsedNames() => Names
        .Where(name => $"{Condition} {Expression}".Split(' ', '(', ')', ',').Contains($"#{name}", StringComparer.Ordinal))
        .ToDictionary(static name => $"#{name}", static name => name, StringComparer.Ordinal);
}

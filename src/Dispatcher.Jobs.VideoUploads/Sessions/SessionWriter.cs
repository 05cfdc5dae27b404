using System.Globalization;
using Amazon.DynamoDBv2.Model;
using Dispatcher.Jobs.VideoUploads.Objects;
using Dispatcher.Jobs.VideoUploads.Restoring;

namespace Dispatcher.Jobs.VideoUploads.Sessions;

/// <summary>The changes of sessions, each on the condition that the session is still as it was read, or as this run has left it.</summary>
internal sealed class SessionWriter(CleanupContext run, SessionTable table)
{
    private readonly SessionAttributes _names = run.Attributes;
    private readonly TransactionalWriter _writes = new(run, table.ReadAsync);

    private string Now => Seconds(run.TimeProvider.GetUtcNow());

    /// <summary>Returns a session as it is once this run has claimed it.</summary>
    public UploadSession Claim(UploadSession session) => session with { Claim = run.Context.RunId, ClaimedAtText = Now };

    /// <summary>Claims sessions.</summary>
    public Task<IReadOnlyList<ChangeOutcome>> ClaimAsync(IReadOnlyList<ClaimedSession> sessions, CancellationToken cancellationToken) =>
        WriteAsync(
            sessions,
            claim => Update(
                claim.Plan.Session,
                "SET #claim = :run, #claimedAt = :now",
                SessionCondition.Unchanged(claim.Plan.Session, _names)
                    .AddValue(":run", SessionCondition.Text(claim.Session.Claim)!)
                    .AddValue(":now", SessionCondition.Number(claim.Session.ClaimedAtText)!),
                current => current?.Claim == claim.Session.Claim && current?.ClaimedAtText == claim.Session.ClaimedAtText),
            cancellationToken);

    /// <summary>Marks sessions partial. They lose their ttl, or DynamoDB would remove them during the review.</summary>
    public Task<IReadOnlyList<ChangeOutcome>> MarkPartialAsync(IReadOnlyList<SessionPlan> plans, CancellationToken cancellationToken)
    {
        var now = Now;
        return WriteAsync(
            plans,
            plan => Update(
                plan.Session,
                "SET #status = :partial, #markedAt = :now, #note = :note REMOVE #ttl, #claim, #claimedAt, #quarantinedAt, "
                    + "#quarantinedState",
                SessionCondition.Unchanged(plan.Session, _names)
                    .AddName("#note", SessionAttributes.Note)
                    .AddValue(":partial", SessionCondition.Text(run.Parameters.PartialStatus)!)
                    .AddValue(":now", SessionCondition.Number(now)!)
                    .AddValue(":note", SessionCondition.Text(plan.Reason)!),
                current => current?.Status == run.Parameters.PartialStatus && current?.MarkedAtText == now,
                plan.Found,
                new()
                {
                    [_names.Status] = SessionCondition.Text(run.Parameters.PartialStatus)!,
                    [SessionAttributes.MarkedAt] = SessionCondition.Number(now)!,
                    [SessionAttributes.Note] = SessionCondition.Text(plan.Reason)!,
                },
                _names.Status, SessionAttributes.MarkedAt, SessionAttributes.Note, _names.Ttl, SessionAttributes.QuarantinedAt,
                SessionAttributes.QuarantinedState),
            cancellationToken);
    }

    /// <summary>Puts sessions into quarantine in their present state.</summary>
    public Task<IReadOnlyList<ChangeOutcome>> QuarantineAsync(IReadOnlyList<SessionPlan> plans, CancellationToken cancellationToken)
    {
        var since = Seconds(run.StartedAt);
        return WriteAsync(
            plans,
            plan => Update(
                plan.Session,
                "SET #quarantinedAt = :since, #quarantinedState = :state",
                SessionCondition.Unchanged(plan.Session, _names)
                    .AddValue(":since", SessionCondition.Number(since)!)
                    .AddValue(":state", SessionCondition.Text(plan.Session.State)!),
                current => current?.QuarantinedAtText == since && current?.QuarantinedState == plan.Session.State,
                plan.Found,
                new()
                {
                    [SessionAttributes.QuarantinedAt] = SessionCondition.Number(since)!,
                    [SessionAttributes.QuarantinedState] = SessionCondition.Text(plan.Session.State)!,
                },
                SessionAttributes.QuarantinedAt, SessionAttributes.QuarantinedState),
            cancellationToken);
    }

    /// <summary>
    /// Gives up claims, whatever else has changed: an application that completes an upload only without a claim may go on.
    /// </summary>
    public Task<IReadOnlyList<ChangeOutcome>> ReleaseAsync(IReadOnlyList<UploadSession> sessions, CancellationToken cancellationToken) =>
        WriteAsync(
            sessions,
            session => Update(
                session, "REMOVE #claim, #claimedAt", SessionCondition.ClaimIs(session), static current => current is { Claim: null }),
            cancellationToken);

    /// <summary>Removes sessions.</summary>
    public async Task<IReadOnlyList<ChangeOutcome>> RemoveAsync(
        IReadOnlyList<ClaimedSession> sessions, CancellationToken cancellationToken)
    {
        var whole = run.Parameters.AuditSessions
            ? await table.ReadWholeAsync(sessions.Select(static claimed => claimed.Session.Id), cancellationToken)
            : null;
        return await WriteAsync(
            sessions,
            claimed =>
            {
                var session = claimed.Session;
                var condition = SessionCondition.Unchanged(session, _names);
                var delete = new Delete
                {
                    TableName = run.Parameters.Table,
                    Key = KeyOf(session),
                    ConditionExpression = condition.Expression,
                    ExpressionAttributeNames = condition.Names,
                    ExpressionAttributeValues = condition.Values,
                };
                return new ConditionalWrite(session.Id, new TransactWriteItem { Delete = delete }, static current => current is null)
                {
                    Undo = Former(
                        session, whole?.GetValueOrDefault(session.Id) ?? AttributesOf(session), now: null, claimed.Object).ToString(),
                };
            },
            cancellationToken);
    }

    private FormerItem Former(
        UploadSession session, Dictionary<string, AttributeValue> was, Dictionary<string, AttributeValue>? now, StoredObject? found) =>
        new(KeyOf(session), was, now) { Object = run.DescribeObject(session.Key!), Seen = found?.Seen };

    private static string Seconds(DateTimeOffset time) => time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    /// <summary>Returns what was read of a session, without the claim of this run.</summary>
    private Dictionary<string, AttributeValue> AttributesOf(UploadSession session)
    {
        (string Name, AttributeValue? Value)[] all =
        [
            (_names.Status, SessionCondition.Text(session.Status)), (_names.Type, SessionCondition.Text(session.Type)),
            (_names.Key, SessionCondition.Text(session.Key)), (_names.Ttl, SessionCondition.Number(session.TtlText)),
            (_names.UploadId, SessionCondition.Text(session.UploadId)),
            (SessionAttributes.MarkedAt, SessionCondition.Number(session.MarkedAtText)),
            (SessionAttributes.QuarantinedAt, SessionCondition.Number(session.QuarantinedAtText)),
            (SessionAttributes.QuarantinedState, SessionCondition.Text(session.QuarantinedState)),
            .. _names.FurtherRules.Select(name => (name, session.Rules.Find(name))),
        ];
        return all.Where(static pair => pair.Value is not null)
            .ToDictionary(static pair => pair.Name, static pair => pair.Value!, StringComparer.Ordinal);
    }

    private Dictionary<string, AttributeValue> KeyOf(UploadSession session) =>
        new() { [_names.Id] = new AttributeValue { S = session.Id } };

    private Task<IReadOnlyList<ChangeOutcome>> WriteAsync<T>(
        IReadOnlyList<T> items, Func<T, ConditionalWrite> write, CancellationToken cancellationToken) =>
        _writes.WriteAsync([.. items.Select(write)], cancellationToken);

    /// <summary>Describes an update.</summary>
    /// <param name="session">The session.</param>
    /// <param name="update">The update expression.</param>
    /// <param name="condition">The condition.</param>
    /// <param name="isMade">Determines from the session as it is now whether the update was made.</param>
    /// <param name="found">The object at the session's key, if it was looked at.</param>
    /// <param name="now">The attributes that are written, if the update can be taken back.</param>
    /// <param name="changed">The attributes that are changed.</param>
    private ConditionalWrite Update(
        UploadSession session,
        string update,
        SessionCondition condition,
        Func<UploadSession?, bool> isMade,
        StoredObject? found = null,
        Dictionary<string, AttributeValue>? now = null,
        params string[] changed)
    {
        var item = new Update
        {
            TableName = run.Parameters.Table,
            Key = KeyOf(session),
            UpdateExpression = update,
            ConditionExpression = condition.Expression,
            ExpressionAttributeNames = condition.Names,
            ExpressionAttributeValues = condition.Values,
        };
        return new ConditionalWrite(session.Id, new TransactWriteItem { Update = item }, isMade)
        {
            Undo = now is null
                ? null
                : Former(
                    session,
                    AttributesOf(session).Where(pair => changed.Contains(pair.Key)).ToDictionary(StringComparer.Ordinal),
                    now,
                    found).ToString(),
        };
    }
}

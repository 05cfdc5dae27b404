using System.Globalization;
using Amazon.DynamoDBv2.Model;
using Dispatcher.Jobs.VideoUploads.Rules;

namespace Dispatcher.Jobs.VideoUploads.Sessions;

/// <summary>
/// A session as the table holds it: whatever is missing or of another type is <see langword="null"/>. Two of them are equal if nothing that
/// this job looks at has changed.
/// </summary>
internal sealed record UploadSession(string Id)
{
    public string? Status { get; init; }

    public string? Type { get; init; }

    public string? Key { get; init; }

    public string? UploadId { get; init; }

    /// <summary>Gets the ttl as it is written, for conditions: some applications write fractions of a second.</summary>
    public string? TtlText { get; init; }

    /// <summary>Gets the run that works on the session, or that died while it did.</summary>
    public string? Claim { get; init; }

    public string? ClaimedAtText { get; init; }

    public string? MarkedAtText { get; init; }

    public string? QuarantinedAtText { get; init; }

    public string? QuarantinedState { get; init; }

    /// <summary>Gets the attributes that the rules of the run look at.</summary>
    public RuleAttributes Rules { get; init; } = RuleAttributes.None;

    public DateTimeOffset? Ttl => ReadTime(TtlText);

    public DateTimeOffset? ClaimedAt => ReadTime(ClaimedAtText);

    /// <summary>Gets when this job marked the session partial.</summary>
    public DateTimeOffset? MarkedAt => ReadTime(MarkedAtText);

    /// <summary>Gets since when the session is in quarantine. One that has changed since is not.</summary>
    public DateTimeOffset? QuarantinedSince => QuarantinedState == State ? ReadTime(QuarantinedAtText) : null;

    /// <summary>Gets everything of the session that an application changes when it goes on with the upload.</summary>
    public string State => $"status={Status} type={Type} ttl={TtlText} uploadId={UploadId} markedAt={MarkedAtText} key={Key}";

    /// <summary>Gets what was read of the session, for the audit trail: the claim and the removal are conditional on it.</summary>
    public string Seen => $"status={Status} ttl={TtlText}{(UploadId is null ? string.Empty : $" uploadId={UploadId}")}"
        + (MarkedAtText is null ? string.Empty : $" markedAt={MarkedAtText}") + Rules.Seen;

    public static UploadSession Read(Dictionary<string, AttributeValue> item, SessionAttributes names) => new(item[names.Id].S)
    {
        Status = Text(item, names.Status),
        Type = Text(item, names.Type),
        Key = Text(item, names.Key),
        UploadId = Text(item, names.UploadId),
        TtlText = Number(item, names.Ttl),
        Claim = Text(item, SessionAttributes.Claim),
        ClaimedAtText = Number(item, SessionAttributes.ClaimedAt),
        MarkedAtText = Number(item, SessionAttributes.MarkedAt),
        QuarantinedAtText = Number(item, SessionAttributes.QuarantinedAt),
        QuarantinedState = Text(item, SessionAttributes.QuarantinedState),
        Rules = RuleAttributes.Read(item, names.Rules),
    };

    private static string? Text(Dictionary<string, AttributeValue> item, string name) =>
        item.TryGetValue(name, out var value) && !string.IsNullOrEmpty(value.S) ? value.S : null;

    private static string? Number(Dictionary<string, AttributeValue> item, string name) =>
        item.TryGetValue(name, out var value) && !string.IsNullOrEmpty(value.N) ? value.N : null;

    /// <summary>Reads epoch seconds. A number that no such time can be, such as 0 or milliseconds, gives none.</summary>
    private static DateTimeOffset? ReadTime(string? text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
        && seconds >= 1 && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? DateTimeOffset.FromUnixTimeMilliseconds((long)(seconds * 1000))
            : null;
}

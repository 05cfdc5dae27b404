using System.Globalization;
using Amazon.DynamoDBv2.Model;

namespace Dispatcher.Jobs.VideoUploads.VideoUploadCleanup.Sessions;

/// <summary>Is a session as the table holds it: whatever is missing or of another type is <see langword="null"/>.</summary>
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

    public DateTimeOffset? Ttl => ReadTime(TtlText);

    public DateTimeOffset? ClaimedAt => ReadTime(ClaimedAtText);

    /// <summary>Gets when this job marked the session partial.</summary>
    public DateTimeOffset? MarkedAt { get; init; }

    /// <summary>Gets what was read of the session, for the audit trail: the claim and the removal are conditional on it.</summary>
    public string Seen => $"status={Status} ttl={TtlText}{(UploadId is null ? string.Empty : $" uploadId={UploadId}")}";

    public static UploadSession Read(Dictionary<string, AttributeValue> item) => new(item[SessionAttributes.Id].S)
    {
        Status = Text(item, SessionAttributes.Status),
        Type = Text(item, SessionAttributes.Type),
        Key = Text(item, SessionAttributes.Key),
        UploadId = Text(item, SessionAttributes.UploadId),
        TtlText = Number(item, SessionAttributes.Ttl),
        Claim = Text(item, SessionAttributes.Claim),
        ClaimedAtText = Number(item, SessionAttributes.ClaimedAt),
        MarkedAt = ReadTime(Number(item, SessionAttributes.MarkedAt)),
    };

    private static string? Text(Dictionary<string, AttributeValue> item, string name) =>
        item.TryGetValue(name, out var value) && !string.IsNullOrEmpty(value.S) ? value.S : null;

    private static string? Number(Dictionary<string, AttributeValue> item, string name) =>
        item.TryGetValue(name, out var value) && !string.IsNullOrEmpty(value.N) ? value.N : null;

    /// <summary>Reads epoch seconds; a number that is no time, such as milliseconds or 0, is none.</summary>
    private static DateTimeOffset? ReadTime(string? text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
        && seconds >= 1 && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? DateTimeOffset.FromUnixTimeMilliseconds((long)(seconds * 1000))
            : null;
}

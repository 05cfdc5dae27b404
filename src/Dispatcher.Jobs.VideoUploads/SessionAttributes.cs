using Dispatcher.Jobs.VideoUploads.Rules;

namespace Dispatcher.Jobs.VideoUploads;

/// <summary>The names of a session's attributes: the application's, from the parameters, and those that this job adds.</summary>
internal sealed class SessionAttributes(VideoUploadCleanupParameters parameters)
{
    /// <summary>The run that works on the session.</summary>
    public const string Claim = "cleanupClaim";

    /// <summary>When it began to, in epoch seconds.</summary>
    public const string ClaimedAt = "cleanupClaimedAt";

    /// <summary>When the job marked the session partial, in epoch seconds.</summary>
    public const string MarkedAt = "cleanupMarkedAt";

    /// <summary>Why, for the person who reviews it.</summary>
    public const string Note = "cleanupNote";

    /// <summary>When the job put the session into quarantine, in epoch seconds.</summary>
    public const string QuarantinedAt = "cleanupQuarantinedAt";

    /// <summary>What the session was then: a quarantine counts only while this is so.</summary>
    public const string QuarantinedState = "cleanupQuarantinedState";

    /// <summary>Gets the attributes that this job adds.</summary>
    public static IReadOnlyList<string> Added { get; } = [Claim, ClaimedAt, MarkedAt, Note, QuarantinedAt, QuarantinedState];

    public string Id { get; } = parameters.HashKey;

    public string Status { get; } = parameters.StatusAttribute;

    public string Type { get; } = parameters.TypeAttribute;

    public string Key { get; } = parameters.KeyAttribute;

    public string Ttl { get; } = parameters.TtlAttribute;

    public string UploadId { get; } = parameters.UploadIdAttribute;

    /// <summary>Gets the attributes that the rules of the run look at.</summary>
    public IReadOnlyList<string> Rules { get; } = new ItemSelector(parameters.Include, parameters.Exclude).Attributes;

    /// <summary>Gets those of them that are not read anyway: a projection may name an attribute once.</summary>
    public IReadOnlyList<string> FurtherRules => [.. Rules.Except([Id, Status, Type, Key, Ttl, UploadId], StringComparer.Ordinal)];

    /// <summary>Gets the projection of everything that is read of a session.</summary>
    public string Projection =>
        string.Join(", ", ["#id, #status, #type, #key, #ttl, #uploadId, #claim, #claimedAt, #markedAt, #quarantinedAt, #quarantinedState",
            .. FurtherRules.Select(static (_, index) => RulePlaceholder(index))]);

    /// <summary>Gets the names that <see cref="Projection"/> speaks of.</summary>
    public Dictionary<string, string> ProjectionNames => new(
        FixedNames.Concat(FurtherRules.Select(static (name, index) => KeyValuePair.Create(RulePlaceholder(index), name))),
        StringComparer.Ordinal);

    private Dictionary<string, string> FixedNames => new(StringComparer.Ordinal)
    {
        ["#id"] = Id,
        ["#status"] = Status,
        ["#type"] = Type,
        ["#key"] = Key,
        ["#ttl"] = Ttl,
        ["#uploadId"] = UploadId,
        ["#claim"] = Claim,
        ["#claimedAt"] = ClaimedAt,
        ["#markedAt"] = MarkedAt,
        ["#quarantinedAt"] = QuarantinedAt,
        ["#quarantinedState"] = QuarantinedState,
    };

    private static string RulePlaceholder(int index) => $"#rule{index}";
}

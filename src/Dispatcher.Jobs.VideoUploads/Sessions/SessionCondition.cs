using Amazon.DynamoDBv2.Model;

namespace Dispatcher.Jobs.VideoUploads.Sessions;

/// <summary>A condition on a session, with the names and values that it speaks of.</summary>
internal sealed class SessionCondition
{
    private readonly List<string> _terms = [];

    private SessionCondition()
    {
    }

    public Dictionary<string, string> Names { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, AttributeValue> Values { get; } = new(StringComparer.Ordinal);

    public string Expression => string.Join(" AND ", _terms);

    /// <summary>Holds while everything is what was read, or what this run has written since.</summary>
    public static SessionCondition Unchanged(UploadSession session, SessionAttributes names) => names.FurtherRules
        .Select(static (name, index) => (Name: name, Placeholder: $"rule{index}"))
        .Aggregate(ClaimIs(session), (condition, rule) => condition.Equal(rule.Placeholder, rule.Name, session.Rules.Find(rule.Name)))
        .Equal("status", names.Status, Text(session.Status))
        .Equal("type", names.Type, Text(session.Type))
        .Equal("key", names.Key, Text(session.Key))
        .Equal("ttl", names.Ttl, Number(session.TtlText))
        .Equal("uploadId", names.UploadId, Text(session.UploadId))
        .Equal("markedAt", SessionAttributes.MarkedAt, Number(session.MarkedAtText))
        .Equal("quarantinedAt", SessionAttributes.QuarantinedAt, Number(session.QuarantinedAtText))
        .Equal("quarantinedState", SessionAttributes.QuarantinedState, Text(session.QuarantinedState));

    /// <summary>Holds while the claim is what was read or written, whatever else has changed.</summary>
    public static SessionCondition ClaimIs(UploadSession session) => new SessionCondition()
        .Equal("claim", SessionAttributes.Claim, Text(session.Claim))
        .Equal("claimedAt", SessionAttributes.ClaimedAt, Number(session.ClaimedAtText));

    /// <summary>Adds a name that the update needs besides.</summary>
    public SessionCondition AddName(string placeholder, string attribute)
    {
        Names[placeholder] = attribute;
        return this;
    }

    /// <summary>Adds a value that the update needs besides.</summary>
    public SessionCondition AddValue(string placeholder, AttributeValue value)
    {
        Values[placeholder] = value;
        return this;
    }

    internal static AttributeValue? Text(string? value) => value is null ? null : new AttributeValue { S = value };

    internal static AttributeValue? Number(string? value) => value is null ? null : new AttributeValue { N = value };

    private SessionCondition Equal(string placeholder, string attribute, AttributeValue? value)
    {
        Names[$"#{placeholder}"] = attribute;
        if (value is null)
        {
            _terms.Add($"attribute_not_exists(#{placeholder})");
        }
        else
        {
            _terms.Add($"#{placeholder} = :{placeholder}");
            Values[$":{placeholder}"] = value;
        }

        return this;
    }
}

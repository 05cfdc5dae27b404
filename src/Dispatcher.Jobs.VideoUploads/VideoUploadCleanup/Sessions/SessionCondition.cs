using Amazon.DynamoDBv2.Model;

namespace Dispatcher.Jobs.VideoUploads.VideoUploadCleanup.Sessions;

/// <summary>Is a condition on a session, with the names and values that it speaks of.</summary>
internal sealed class SessionCondition
{
    private readonly List<string> _terms = [];

    private SessionCondition()
    {
    }

    public Dictionary<string, string> Names { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, AttributeValue> Values { get; } = new(StringComparer.Ordinal);

    public string Expression => string.Join(" AND ", _terms);

    /// <summary>Holds while status, ttl and claim are what was read.</summary>
    public static SessionCondition Unchanged(UploadSession session) => new SessionCondition()
        .Equal("status", SessionAttributes.Status, new AttributeValue { S = session.Status })
        .Equal("ttl", SessionAttributes.Ttl, session.TtlText is null ? null : new AttributeValue { N = session.TtlText })
        .Equal("claim", SessionAttributes.Claim, session.Claim is null ? null : new AttributeValue { S = session.Claim })
        .Equal("claimedAt", SessionAttributes.ClaimedAt, session.ClaimedAtText is null ? null : new AttributeValue { N = session.ClaimedAtText });

    /// <summary>Holds while a run has the claim and nobody has given the session another status.</summary>
    public static SessionCondition ClaimedBy(UploadSession session, string runId) => new SessionCondition()
        .Equal("status", SessionAttributes.Status, new AttributeValue { S = session.Status })
        .Equal("claim", SessionAttributes.Claim, new AttributeValue { S = runId });

    /// <summary>Adds a name (<c>#name</c>) or a value (<c>:value</c>) that the update needs besides.</summary>
    public SessionCondition Add(string placeholder, string value)
    {
        if (placeholder[0] == '#')
        {
            Names[placeholder] = value;
        }
        else
        {
            Values[placeholder] = new AttributeValue { S = value };
        }

        return this;
    }

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

using System.Text.Json;

namespace Amazon.Lambda.Serialization.SystemTextJson;

/// <summary>Maps property names to those of AWS events: two S3 header names differ from their properties.</summary>
public class AwsNamingPolicy : JsonNamingPolicy
{
    private readonly JsonNamingPolicy _fallback;

    /// <summary>Creates a policy that leaves all other names alone.</summary>
    public AwsNamingPolicy()
    {
    }

    /// <summary>Creates a policy that hands all other names on.</summary>
    /// <param name="fallbackNamingPolicy">The policy for the other names.</param>
    public AwsNamingPolicy(JsonNamingPolicy fallbackNamingPolicy) => _fallback = fallbackNamingPolicy;

    /// <inheritdoc/>
    public override string ConvertName(string name) => name switch
    {
        "XAmzId2" => "x-amz-id-2",
        "XAmzRequestId" => "x-amz-request-id",
        _ => _fallback?.ConvertName(name) ?? name,
    };
}

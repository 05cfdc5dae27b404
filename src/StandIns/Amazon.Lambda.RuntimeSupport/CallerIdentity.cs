#nullable enable
using System.Text.Json;
using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>The header <c>Lambda-Runtime-Cognito-Identity</c>; its members are null where it says nothing.</summary>
internal sealed class CallerIdentity : ICognitoIdentity
{
    public string? IdentityId { get; private init; }

    public string? IdentityPoolId { get; private init; }

    public static CallerIdentity Parse(string? json)
    {
        if (string.IsNullOrWhiteSpace(json))
        {
            return new CallerIdentity();
        }

        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        return new CallerIdentity
        {
            IdentityId = root.TryGetProperty("cognitoIdentityId", out var id) ? id.GetString() : null,
            IdentityPoolId = root.TryGetProperty("cognitoIdentityPoolId", out var pool) ? pool.GetString() : null,
        };
    }
}

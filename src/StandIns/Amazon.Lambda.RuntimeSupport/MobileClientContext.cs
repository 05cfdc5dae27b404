#nullable enable
using System.Text.Json;
using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>The header <c>Lambda-Runtime-Client-Context</c>; its members are null where it says nothing.</summary>
internal sealed class MobileClientContext : IClientContext
{
    public IDictionary<string, string>? Environment { get; private init; }

    public IClientApplication? Client { get; private init; }

    public IDictionary<string, string>? Custom { get; private init; }

    public static MobileClientContext Parse(string? json)
    {
        if (string.IsNullOrWhiteSpace(json))
        {
            return new MobileClientContext();
        }

        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        return new MobileClientContext
        {
            Client = root.TryGetProperty("client", out var client) ? MobileClient.From(client) : null,
            Custom = Values(root, "custom"),
            Environment = Values(root, "env"),
        };
    }

    private static Dictionary<string, string>? Values(JsonElement root, string name) =>
        root.TryGetProperty(name, out var values)
            ? values.EnumerateObject().ToDictionary(value => value.Name, value => value.Value.ToString())
            : null;
}

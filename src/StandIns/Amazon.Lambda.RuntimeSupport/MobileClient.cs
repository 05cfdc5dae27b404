#nullable enable
using System.Text.Json;
using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>The part <c>client</c> of the client context.</summary>
internal sealed class MobileClient : IClientApplication
{
    public string? AppPackageName { get; private init; }

    public string? AppTitle { get; private init; }

    public string? AppVersionCode { get; private init; }

    public string? AppVersionName { get; private init; }

    public string? InstallationId { get; private init; }

    public static MobileClient From(JsonElement client) => new()
    {
        AppPackageName = Text(client, "app_package_name"),
        AppTitle = Text(client, "app_title"),
        AppVersionCode = Text(client, "app_version_code"),
        AppVersionName = Text(client, "app_version_name"),
        InstallationId = Text(client, "installation_id"),
    };

    private static string? Text(JsonElement client, string name) => client.TryGetProperty(name, out var value) ? value.GetString() : null;
}

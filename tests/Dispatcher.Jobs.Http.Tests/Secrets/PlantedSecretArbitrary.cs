using System.Text.Json;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;

namespace Dispatcher.Jobs.Http.Tests.Secrets;

/// <summary>
/// URLs, headers and settings with a secret in them: well-formed ones, ones with a typing error or two anywhere but in the secret, and ones
/// of a wrong type or in a wrong place.
/// </summary>
public static class PlantedSecretArbitrary
{
    private const string Place = "§";

    private static readonly string[] Urls =
    [
        "https://user:§@host.invalid/run/", "https://§:x@host.invalid/run", "https://§@host.invalid", "https://host.invalid/run?token=§",
        "https://host.invalid/?a=b&§", "https://host.invalid/run#§", "https:/user:§@host.invalid", "https:user:§@host.invalid",
        "user:§@host.invalid", "https://u:p@§@host.invalid/", "//user:§@host.invalid/", "https//user:§@host.invalid",
        "http://user:§@127.0.0.1:1/", "host.invalid/run?token=§", "https://user:§%zz@host.invalid/%", "https://user:§ x@host.invalid/",
        " https://user:§@host.invalid/", "https://user:§@host.invalid:port/", "https://user:a/§@host.invalid/",
        "https://user:a#§@host.invalid/", "https://user:a?§@host.invalid/", @"https:\\user:§@host.invalid\", "https://[user:§@::1]/",
        "ftp://user:§@host.invalid/", "HTTPS://USER:§@HOST.INVALID/", "http://127.0.0.1:1/?token=§", "https://user:§@", "https://:§@/",
    ];

    private static readonly string[] Lines =
    [
        "Authorization: Bearer §", "Bearer §", "X-Api-Key: §", "Cookie: session=§", "Basic §", "X-Internal-Key=§", "password=§",
        "Server=db;User Id=sa;Password=§", "postgres://app:§@db.invalid/app", "token: §", "AWS4-HMAC-SHA256 Credential=§",
        "{\"secret\":\"§\"}",
    ];

    private static readonly char[] Typos = [.. ":/@?#&=%. \\\"'[]{}<>|^`~,;!$()*+-_\t\n\0é😀"];

    /// <summary>Generates cases.</summary>
    public static Arbitrary<PlantedSecret> Cases() => Arb.From(
        from secret in Gen.Elements([.. "abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"]).ArrayOf(24)
            .Select(characters => $"s3cr3t{new string(characters)}")
        from planted in Gen.OneOf(UrlCases(secret), LineCases(secret), SettingCases(secret))
        select planted);

    private static Gen<PlantedSecret> UrlCases(string secret) =>
        from url in Mutated(Gen.Elements(Urls))
        from name in Gen.Elements("url", "url", "endpoint", "secretHeader", "secret", "unknown")
        where !IsShown(url) && !(name == "endpoint" && IsName(url))
        select Of(
            secret,
            PayloadOf(new Dictionary<string, object?> { [name] = url.Replace(Place, secret, StringComparison.Ordinal) }, dryRun: true));

    private static Gen<PlantedSecret> LineCases(string secret) =>
        from line in Gen.Elements(Lines).Select(line => line.Replace(Place, secret, StringComparison.Ordinal))
        from parameters in Gen.Elements<Dictionary<string, object?>>(
            new() { ["headers"] = line },
            new() { ["headers"] = new[] { line } },
            new() { ["headers"] = new Dictionary<string, object?> { [line] = "x" } },
            new() { ["headers"] = new Dictionary<string, object?> { ["Authorization"] = line } },
            new() { ["headers"] = new Dictionary<string, object?> { ["X-Key"] = new[] { line } } },
            new() { ["headers"] = new Dictionary<string, object?> { ["X-Key"] = line + "\n" } },
            new() { ["headers"] = new Dictionary<string, object?> { ["Content-Type"] = line }, ["body"] = "x" },
            new() { ["headers"] = new Dictionary<string, object?> { ["X-Key"] = line, ["x-key"] = line } },
            new() { ["secretHeader"] = line, ["secret"] = "INTERNAL_KEY" },
            new() { ["secretScheme"] = line },
            new() { ["secret"] = line, ["secretHeader"] = "X-Key" },
            new() { ["method"] = line },
            new() { ["timeoutSeconds"] = line },
            new() { ["expectedStatus"] = line },
            new() { ["expectedStatus"] = new[] { line } },
            new() { ["connectionString"] = line },
            new() { [line] = line },
            new() { ["endpoint"] = line })
        select Of(secret, PayloadOf(
            parameters.ContainsKey("endpoint")
                ? parameters
                : new Dictionary<string, object?>(parameters) { ["url"] = "http://127.0.0.1:1/" },
            dryRun: false));

    private static Gen<PlantedSecret> SettingCases(string secret) =>
        from value in Gen.OneOf(
            Mutated(Gen.Elements(Urls)),
            Gen.Elements(Lines),
            Gen.Constant(Place)).Select(text => text.Replace(Place, secret, StringComparison.Ordinal))
        from name in Gen.Elements(
            "HttpEndpoints:e:Url", "HttpEndpoints:e:Method", "HttpEndpoints:e:Headers:Authorization", "HttpEndpoints:e:Headers:X-Key",
            "HttpEndpoints:e:Body",
            "HttpEndpoints:e:TimeoutSeconds", "HttpEndpoints:e:ExpectedStatus:0", "HttpEndpoints:e:SecretScheme", "HttpEndpoints:e:Secret",
            "HttpEndpoints:e:Password", "INTERNAL_KEY", "PARAMETERS_SECRETS_EXTENSION_HTTP_PORT")
        where !IsShown(value.Replace(secret, Place, StringComparison.Ordinal))
        from secretName in Gen.Elements("INTERNAL_KEY", "ssm:/key")
        select Of(
            secret,
            PayloadOf(
                name is "HttpEndpoints:e:Secret" or "HttpEndpoints:e:SecretScheme"
                    ? new() { ["endpoint"] = "e" }
                    : new() { ["endpoint"] = "e", ["secretHeader"] = "X-Own", ["secret"] = secretName },
                dryRun: true),
            name,
            value);

    /// <summary>A typing error can turn a secret into a host or a path, which are shown: docs/jobs/http-trigger.md says so.</summary>
    private static bool IsShown(string url) => Regex.IsMatch(url, @"^[^?#@]*://[^?#@]*§[^?#@]*([?#]|\z)", RegexOptions.Singleline);

    /// <summary>Without its separators, a URL is a name, which an error about an unknown endpoint shows.</summary>
    private static bool IsName(string url) => Regex.IsMatch(url, $@"^[\w.-]*{Place}[\w.-]*\z");

    /// <summary>Inserts, removes and replaces up to two characters beside the secret.</summary>
    private static Gen<string> Mutated(Gen<string> texts) =>
        from text in texts
        from edits in (from position in Gen.Choose(0, 60)
                       from typo in Gen.Elements(Typos)
                       from kind in Gen.Choose(0, 2)
                       select (position, typo, kind)).ArrayOf()
        select edits.Take(2).Aggregate(text, (current, edit) => Edit(current, edit.position % current.Length, edit.typo, edit.kind));

    private static string Edit(string text, int position, char typo, int kind) =>
        text[position] == Place[0] || kind == 0 ? text.Insert(position, typo.ToString())
        : kind == 1 ? text.Remove(position, 1)
        : text.Remove(position, 1).Insert(position, typo.ToString());

    private static PlantedSecret Of(string secret, string payload, string? name = null, string? value = null)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Retry:MaxAttempts"] = "1",
            ["HttpEndpoints:e:Url"] = "http://127.0.0.1:1/",
            ["INTERNAL_KEY"] = "key",
        };
        if (name is not null)
        {
            settings[name] = value;
        }

        return new PlantedSecret(secret, payload, settings);
    }

    private static string PayloadOf(Dictionary<string, object?> parameters, bool dryRun) =>
        JsonSerializer.Serialize(new { job = "http-trigger", dryRun, parameters });
}

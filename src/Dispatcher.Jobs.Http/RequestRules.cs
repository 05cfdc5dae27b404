using System.Buffers;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Dispatcher.Http;
using Dispatcher.Text;

namespace Dispatcher.Jobs.Http;

/// <summary>The rules for a request, in payloads and in configured endpoints alike. Each returns the problem, or nothing.</summary>
internal static partial class RequestRules
{
    public const string Methods = "GET, HEAD, POST, PUT, PATCH, DELETE";
    public const string MethodPattern = "^(GET|HEAD|POST|PUT|PATCH|DELETE)$";
    public const string RetryPattern = "^(transient|connect)$";
    public const int MaxTimeoutSeconds = 900;

    private static readonly SearchValues<char> TokenCharacters =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    private static readonly string[] OwnHeaders =
        ["Host", "Content-Length", "Transfer-Encoding", "Connection", "Expect", "Idempotency-Key"];
    private static readonly string[] SecretHeaders = ["Authorization", "Proxy-Authorization", "Cookie", "X-Amz-Security-Token"];

    public static string? Url(Uri url)
    {
        if (!url.IsAbsoluteUri || url.Scheme is not ("http" or "https"))
        {
            return "it must be an absolute URL such as https://example.com/api/internal/run-uptime/.";
        }

        // Also in a dry run, and behind a proxy, which would open the connection. .NET reads decimal, octal and hexadecimal forms as well.
        if (IPAddress.TryParse(url.IdnHost, out var address) && ForbiddenAddress.Describe(address) is { } forbidden)
        {
            return $"{address} is {forbidden}: no request is sent there.";
        }

        if (url.Scheme == Uri.UriSchemeHttp && !url.IsLoopback)
        {
            return "it must use https, or the secret would travel in the clear; "
                   + "http is for this machine only (localhost, 127.0.0.1, [::1]).";
        }

        if (url.UserInfo.Length > 0 || UserInfoInPath().IsMatch(url.OriginalString))
        {
            return "it must not hold a user name or password. Use user and password, or secretHeader and secret; "
                   + "write an '@' that belongs to the path as %40.";
        }

        // .NET repairs a URL with a missing slash, a backslash or spaces, and may then find another host than the one that was meant.
        return WellFormed().IsMatch(url.OriginalString)
            ? null
            : "it must be written as https://host/path, with two slashes and without spaces and backslashes.";
    }

    public static string? Method(string? method) =>
        method is null || MethodName().IsMatch(method) ? null : $"it must be one of {Methods}.";

    public static string? Retry(string? retry) => retry is null or "transient" or "connect" ? null : "it must be 'transient' or 'connect'.";

    public static string? Timeout(int? seconds) =>
        seconds is < 1 or > MaxTimeoutSeconds ? $"it must be from 1 to {MaxTimeoutSeconds}." : null;

    public static string? Headers(IReadOnlyDictionary<string, string> headers)
    {
        var problems = headers.Select(header => Header(header.Key, header.Value)).OfType<string>().Concat(
            headers.Keys.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1)
                .Select(group => $"{Print(group.Key)} is given {group.Count()} times. Give each header once."));
        return string.Join(" ", problems) is { Length: > 0 } all ? all : null;
    }

    public static string? HeaderName(string name) =>
        name.Length == 0 || name.AsSpan().ContainsAnyExcept(TokenCharacters) ? $"{Print(name)} is not a header's name."
        : OwnHeaders.Contains(name, StringComparer.OrdinalIgnoreCase) ? $"the header '{name}' is set by the job itself."
        : null;

    public static string? ExpectedStatus(IReadOnlyCollection<int> expected) =>
        expected.Count > 0 && expected.All(status => status is >= 200 and <= 599)
            ? null
            : "it must be a list of statuses from 200 to 599, such as [200, 202].";

    public static string? ExpectedJson(IReadOnlyDictionary<string, JsonElement> expected) =>
        expected.Count > 0 && expected.Keys.All(JsonPointer.IsValid)
            ? null
            : "it must be an object of JSON pointers and values, such as {\"/status\":\"done\"}.";

    /// <summary>Prints a name, unless it may be something else, such as the whole header.</summary>
    private static string Print(string name) =>
        name.Length is > 0 and <= 60 && Redaction.Value(name) == name
        && name.All(character => char.IsAsciiLetterOrDigit(character) || character is ' ' or '-' or '_')
            ? $"'{name}'"
            : "a value that is not shown, because it may hold a secret,";

    [GeneratedRegex(MethodPattern, RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex MethodName();

    [GeneratedRegex(
        @"^https?://(\[[0-9a-f:.]+\]|[^\s/?#@\\:\[\]]+)(:\d{1,5})?([/?#][^\s\\]*)?\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex WellFormed();

    // An extra slash before, in or after the password of user:password@host turns it into a host or a path, which are shown.
    [GeneratedRegex("^[^?#]*@", RegexOptions.CultureInvariant)]
    private static partial Regex UserInfoInPath();

    private static string? Header(string name, string? value) =>
        HeaderName(name)
        ?? (SecretHeaders.Contains(name, StringComparer.OrdinalIgnoreCase)
            ? $"the header '{name}' holds a secret, and a payload must not. Use user and password, or secretHeader and secret."
            : null)
        ?? (value is null || value.Any(character => character is < ' ' or > '~')
            ? $"the value of header '{name}' must be printable ASCII in one line."
            : null);
}

using Dispatcher.Text;

namespace Dispatcher.Jobs.Http;

/// <summary>Prints URLs for logs, records and errors, without what may be a secret in them: user information, fragment, and the values of the query.</summary>
internal static class PrintedUrl
{
    // Shorter values are no secrets, and blotting them out would make holes in everything that an endpoint says.
    private const int MinSecretLength = 8;

    /// <summary>Prints a URL: <c>https://example.com/hook?token=***</c>.</summary>
    public static string Of(Uri url) => Redaction.Url(url);

    /// <summary>Prints a URL without scheme and host if they are those of a request.</summary>
    public static string Relative(Uri url, Uri request)
    {
        var printed = Of(url);
        var origin = request.GetLeftPart(UriPartial.Authority);
        return request.UserInfo.Length == 0 && printed.StartsWith($"{origin}/", StringComparison.OrdinalIgnoreCase) ? printed[origin.Length..] : printed;
    }

    /// <summary>Resolves the location that an endpoint names.</summary>
    public static Uri? Resolve(Uri? location, Uri request) =>
        location is not null && Uri.TryCreate(request, location.OriginalString, out var url) ? url : null;

    /// <summary>Determines whether a location is the request's URL with a trailing slash.</summary>
    public static bool IsWithSlash(Uri? location, Uri request) =>
        location is not null && location.Host == request.Host && location.AbsolutePath == $"{request.AbsolutePath}/";

    /// <summary>Gets the parts of a URL that may be secrets, as the endpoint reads them: the values of its query.</summary>
    public static IEnumerable<string> SecretsOf(Uri url) =>
        url.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(part => Uri.UnescapeDataString(part[(part.IndexOf('=', StringComparison.Ordinal) + 1)..]))
            .Where(value => value.Length >= MinSecretLength);
}

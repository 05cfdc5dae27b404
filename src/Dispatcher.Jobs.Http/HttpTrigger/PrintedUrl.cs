namespace Dispatcher.Jobs.Http.HttpTrigger;

/// <summary>Prints URLs for logs, records and errors, without what may be a secret in them: user information, and the values of the query.</summary>
internal static class PrintedUrl
{
    // Shorter values are no secrets, and blotting them out would make holes in everything that an endpoint says.
    private const int MinSecretLength = 8;

    /// <summary>Prints a URL: <c>https://example.com/hook?token=***</c>.</summary>
    public static string Of(Uri url) =>
        url.IsAbsoluteUri
            ? url.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped) + Query(url)
            : url.OriginalString.Split('?')[0];

    /// <summary>Gets the values of the query that may be secrets, as the endpoint reads them.</summary>
    public static IEnumerable<string> SecretsOf(Uri url) =>
        Parts(url).Select(part => Uri.UnescapeDataString(part[(part.IndexOf('=', StringComparison.Ordinal) + 1)..])).Where(value => value.Length >= MinSecretLength);

    private static string Query(Uri url) => url.Query.Length == 0 ? string.Empty : $"?{string.Join('&', Parts(url).Select(Hide))}";

    private static string Hide(string part) => part.IndexOf('=', StringComparison.Ordinal) is > 0 and var end ? $"{part[..end]}=***" : "***";

    private static string[] Parts(Uri url) => url.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries);
}

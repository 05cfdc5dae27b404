namespace Dispatcher.Jobs.Celery.CeleryEnqueue;

/// <summary>Is the queue that a worker reads from.</summary>
/// <param name="Url">The queue's URL.</param>
/// <param name="RoutingKey">The worker's own name of the queue.</param>
internal sealed record CeleryQueue(string Url, string RoutingKey)
{
    /// <summary>Gets the queue's name in SQS.</summary>
    public string Name => NameOf(Url);

    /// <summary>Gets a value indicating whether the queue keeps the order and drops duplicates.</summary>
    public bool IsFifo => Name.EndsWith(".fifo", StringComparison.Ordinal);

    /// <summary>Makes the queue of a URL.</summary>
    public static CeleryQueue Create(string url, string? routingKey) => new(url, routingKey ?? NameOf(url));

    /// <summary>Says whether a URL has the form <c>https://HOST/ACCOUNT/QUEUE</c>.</summary>
    public static bool IsQueueUrl(Uri url) =>
        url.IsAbsoluteUri
        && url.Scheme is "https" or "http"
        && url is { UserInfo: "", Query: "", Fragment: "" }
        && url.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries).Length >= 2;

    /// <summary>Prints what was given as a queue's URL, without user information and query: they may be secrets.</summary>
    public static string Print(Uri url) =>
        url.IsAbsoluteUri
            ? url.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped)
            : url.OriginalString.Split('?')[0];

    private static string NameOf(string url) => url.TrimEnd('/')[(url.TrimEnd('/').LastIndexOf('/') + 1)..];
}

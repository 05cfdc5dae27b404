using System.Text.RegularExpressions;
using Dispatcher.Text;

namespace Dispatcher.Jobs.Celery;

/// <summary>The queue that a worker reads from.</summary>
/// <param name="Url">The queue's URL.</param>
/// <param name="RoutingKey">The worker's own name of the queue.</param>
internal sealed partial record CeleryQueue(string Url, string RoutingKey)
{
    /// <summary>Gets the queue's name in SQS.</summary>
    public string Name => NameOf(Url);

    /// <summary>Gets a value indicating whether the queue keeps the order and drops duplicates.</summary>
    public bool IsFifo => Name.EndsWith(".fifo", StringComparison.Ordinal);

    /// <summary>Returns the name of a message in changes and item errors.</summary>
    public string TargetOf(CeleryMessage message) => $"sqs://{Name}/{message.Task}";

    /// <summary>Creates the queue of a URL.</summary>
    public static CeleryQueue Create(string url, string? routingKey) => new(url, routingKey ?? NameOf(url));

    /// <summary>Determines whether a URL has the form <c>https://HOST/ACCOUNT/QUEUE</c>.</summary>
    public static bool IsQueueUrl(Uri url) =>
        url.IsAbsoluteUri
        && url.Scheme is "https" or "http"
        && url is { UserInfo: "", Query: "", Fragment: "" }
        && url.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries).Length >= 2;

    /// <summary>Formats a text that was given as a queue's URL: a readable URL, or a name of letters, which is not a key.</summary>
    public static string Print(string text) => PlainName().IsMatch(text) ? text : Redaction.Url(text);

    /// <summary>Gets the region of a queue's URL at AWS.</summary>
    public static string? RegionOf(string url) => AwsHost().Match(url) is { Success: true } match ? match.Groups["region"].Value : null;

    [GeneratedRegex(
        @"^https://(sqs\.(?<region>[a-z0-9-]+)|(?<region>[a-z0-9-]+)\.queue)\.(amazonaws\.com|api\.aws)", RegexOptions.ExplicitCapture)]
    private static partial Regex AwsHost();

    [GeneratedRegex(@"^[A-Za-z_-]{1,30}(\.fifo)?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex PlainName();

    private static string NameOf(string url) => url.TrimEnd('/')[(url.TrimEnd('/').LastIndexOf('/') + 1)..];
}

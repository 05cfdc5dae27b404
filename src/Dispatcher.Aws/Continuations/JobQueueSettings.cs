using Dispatcher.Text;
using Microsoft.Extensions.Configuration;

namespace Dispatcher.Aws.Continuations;

/// <summary>The SQS queue whose messages are payloads for the function; continuations are sent to it.</summary>
public sealed record JobQueueSettings
{
    /// <summary>The environment variable that holds the queue's URL.</summary>
    public const string UrlKey = "JOB_QUEUE_URL";

    /// <summary>Names the queue.</summary>
    /// <param name="url">Its URL, such as <c>https://sqs.eu-central-1.amazonaws.com/123456789012/jobs</c>.</param>
    /// <exception cref="ArgumentException">It is not the URL of a queue, or it is that of a FIFO queue.</exception>
    public JobQueueSettings(string url)
    {
        ArgumentException.ThrowIfNullOrEmpty(url);
        Url = FindProblem(url) is { } problem
            ? throw new ArgumentException($"The job queue is '{Redaction.Value(url)}', {problem}", nameof(url))
            : url;
    }

    /// <summary>Gets the queue's URL.</summary>
    public string Url { get; }

    /// <summary>Reads which queue is configured.</summary>
    /// <param name="configuration">The environment.</param>
    /// <returns>The queue, or <see langword="null"/> if none is configured.</returns>
    /// <exception cref="InvalidOperationException">The value is invalid; the message states what to set.</exception>
    public static JobQueueSettings? Read(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);

        if (configuration[UrlKey]?.Trim() is not { Length: > 0 } url)
        {
            return null;
        }

        return FindProblem(url) is { } problem
            ? throw new InvalidOperationException($"The environment variable {UrlKey} is '{Redaction.Value(url)}', {problem}")
            : new JobQueueSettings(url);
    }

    private static string? FindProblem(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri)
            || uri is not { Scheme: "https" or "http", UserInfo: "", Query: "", Fragment: "" }
            || uri.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries).Length < 2)
        {
            return "which is not an SQS queue. Set it to the queue's URL, https://sqs.REGION.amazonaws.com/ACCOUNT/NAME, "
                + "or remove it: then the remaining work of a run waits for the job's next schedule.";
        }

        // After a failure in a batch of a FIFO queue all later messages return to it, and no message in it can be delayed.
        return uri.AbsolutePath.TrimEnd('/').EndsWith(".fifo", StringComparison.Ordinal)
            ? "which is a FIFO queue. Continuations need a delay for each message, which only a standard queue has: create one."
            : null;
    }
}

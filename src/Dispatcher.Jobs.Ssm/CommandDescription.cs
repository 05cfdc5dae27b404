using Amazon.SimpleSystemsManagement.Model;
using Dispatcher.Text;

namespace Dispatcher.Jobs.Ssm;

/// <summary>The description of a request in a plan: what runs, where, with which limits.</summary>
internal static class CommandDescription
{
    private const int MaxParameters = 400;

    public static string Describe(SendCommandRequest request)
    {
        string?[] parts =
        [
            request.DocumentVersion is { } version ? $"version {version}" : null,
            .. (request.Parameters ?? []).OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair =>
                $"{pair.Key} [{PrintableText.Truncate(string.Join("; ", pair.Value), MaxParameters)}]"),
            $"on {Targets(request)}",
            request.TimeoutSeconds is { } seconds ? $"delivery within {seconds} s" : null,
            request.MaxConcurrency is { } concurrency ? $"on {concurrency} at once" : null,
            request.MaxErrors is { } errors ? $"up to {errors} errors" : null,
            request.OutputS3BucketName is { } bucket ? $"output to s3://{bucket}/{request.OutputS3KeyPrefix}" : null,
            $"comment {request.Comment}",
        ];
        return string.Join("; ", parts.OfType<string>());
    }

    /// <summary>Digests a request whole, for the evidence of the change.</summary>
    public static string Digest(SendCommandRequest request) => EvidenceDigest.Create(
    [
        request.DocumentName,
        Describe(request),
        .. (request.Parameters ?? []).OrderBy(pair => pair.Key, StringComparer.Ordinal).SelectMany(pair => pair.Value.Prepend(pair.Key)),
    ]);

    /// <summary>Names the instances.</summary>
    public static string Targets(SendCommandRequest request) => request.InstanceIds is { Count: > 0 } ids
        ? PrintableText.Truncate(string.Join(", ", ids), MaxParameters)
        : string.Join(" and ", (request.Targets ?? []).Select(target => $"{target.Key}={string.Join("|", target.Values)}"));
}

using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using Dispatcher.Plans;

namespace Dispatcher.Aws.Plans;

/// <summary>
/// A store of plans in the one bucket that the configuration names. The client is created for the first plan.
/// </summary>
internal sealed class S3PlanStore(PlanBucketSettings? bucket, Lazy<IAmazonS3> s3) : IPlanStore
{
    private const string Scheme = "s3://";
    private const int MaxKeyLength = 1024;

    public bool Handles(string location)
    {
        ArgumentNullException.ThrowIfNull(location);
        return location.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase);
    }

    public void EnsureAllowed(string location) => KeyOf(location);

    public async Task<Stream> OpenAsync(string location, CancellationToken cancellationToken = default)
    {
        var request = new GetObjectRequest
        {
            BucketName = bucket?.Name, Key = KeyOf(location), ExpectedBucketOwner = bucket?.Account,
        };
        try
        {
            return (await s3.Value.GetObjectAsync(request, cancellationToken)).ResponseStream;
        }
        catch (AmazonS3Exception exception) when (exception.StatusCode == HttpStatusCode.NotFound)
        {
            throw new InvalidPlanException(
                $"Plan '{location}' does not exist. Write it first: {{\"job\":…,\"dryRun\":true,\"plan\":…}}.", exception);
        }
    }

    public async Task PublishAsync(string location, Stream contents, CancellationToken cancellationToken = default)
    {
        var request = new PutObjectRequest
        {
            BucketName = bucket?.Name,
            Key = KeyOf(location),
            ExpectedBucketOwner = bucket?.Account,
            InputStream = contents,
            AutoCloseStream = false,
            ContentType = location.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? "application/gzip" : "application/x-ndjson",

            // A plan that somebody may have reviewed is never replaced.
            IfNoneMatch = "*",
        };
        try
        {
            await s3.Value.PutObjectAsync(request, cancellationToken);
        }
        catch (AmazonS3Exception exception) when (exception.StatusCode == HttpStatusCode.PreconditionFailed)
        {
            throw new PermanentJobException(
                $"'{location}' is there already, and a plan is never replaced."
                + (AwsAttempts.MayHaveBeenMade(request) ? " It may be this plan, because the answer to the upload was lost." : string.Empty)
                + " Choose another name, or one that ends in '/' to get a new name for each run.",
                exception);
        }
    }

    public async Task<IReadOnlyList<PlanEntry>> ListAsync(string folder, CancellationToken cancellationToken = default)
    {
        var request = new ListObjectsV2Request
        {
            BucketName = bucket?.Name, Prefix = KeyOf(folder), ExpectedBucketOwner = bucket?.Account,
        };
        var entries = new List<PlanEntry>();
        ListObjectsV2Response response;
        do
        {
            response = await s3.Value.ListObjectsV2Async(request, cancellationToken);
            entries.AddRange((response.S3Objects ?? [])
                .Where(static item => item.Key.EndsWith(".jsonl", StringComparison.OrdinalIgnoreCase)
                    || item.Key.EndsWith(".jsonl.gz", StringComparison.OrdinalIgnoreCase))
                .Select(item => new PlanEntry(
                    $"{Scheme}{bucket!.Name}/{item.Key}", item.LastModified?.ToUniversalTime() ?? default, item.Size ?? 0)));
            request.ContinuationToken = response.NextContinuationToken;
        }
        while (response.IsTruncated == true);
        return entries;
    }

    /// <summary>Returns the key of a location in the configured bucket, and refuses every other one.</summary>
    private string KeyOf(string location)
    {
        if (bucket is null)
        {
            throw new PermanentJobException(
                $"The plan '{location}' is refused, because no bucket for plans is configured. Set {PlanBucketSettings.NameKey}.");
        }

        var allowed = $"{Scheme}{bucket.Name}/{PlanBucketSettings.Prefix}";
        return location.StartsWith(allowed, StringComparison.Ordinal)
            && location.Length - Scheme.Length - bucket.Name.Length <= MaxKeyLength
            ? location[(Scheme.Length + bucket.Name.Length + 1)..]
            : throw new PermanentJobException(
                $"The plan '{location}' is refused: plans are in {allowed} only ({PlanBucketSettings.NameKey}).");
    }
}

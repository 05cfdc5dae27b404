using Amazon.DynamoDBv2.Model;
using Amazon.S3.Model;
using Dispatcher.LocalServers.Moto;

namespace Dispatcher.Cli.Demo;

/// <summary>Is what a server holds at one moment, read with clients of its own and not by the job.</summary>
/// <param name="Sessions">The status of each session, by id.</param>
/// <param name="Objects">The keys of all objects.</param>
/// <param name="Uploads">The ids of all multipart uploads under way.</param>
internal sealed record DemoSnapshot(IReadOnlyDictionary<string, string> Sessions, IReadOnlySet<string> Objects, IReadOnlySet<string> Uploads)
{
    /// <summary>Reads a server.</summary>
    /// <param name="environment">The server.</param>
    /// <param name="cancellationToken">Fires when the person gives up.</param>
    /// <returns>What it holds.</returns>
    public static async Task<DemoSnapshot> TakeAsync(LocalEnvironment environment, CancellationToken cancellationToken)
    {
        var sessions = ReadSessionsAsync(environment, cancellationToken);
        var objects = ReadObjectsAsync(environment, cancellationToken);
        var uploads = ReadUploadsAsync(environment, cancellationToken);
        return new DemoSnapshot(await sessions, await objects, await uploads);
    }

    private static async Task<Dictionary<string, string>> ReadSessionsAsync(LocalEnvironment environment, CancellationToken cancellationToken)
    {
        using var dynamoDb = environment.CreateDynamoDb();
        var sessions = new Dictionary<string, string>(StringComparer.Ordinal);
        var request = new ScanRequest { TableName = LocalEnvironment.Table, ConsistentRead = true };
        do
        {
            var page = await dynamoDb.ScanAsync(request, cancellationToken);
            foreach (var item in page.Items)
            {
                sessions[item[LocalResources.KeyAttribute].S] = item["status"].S;
            }

            request.ExclusiveStartKey = page.LastEvaluatedKey;
        }
        while (request.ExclusiveStartKey is { Count: > 0 });

        return sessions;
    }

    private static async Task<HashSet<string>> ReadObjectsAsync(LocalEnvironment environment, CancellationToken cancellationToken)
    {
        using var s3 = environment.CreateS3();
        var objects = new HashSet<string>(StringComparer.Ordinal);
        var request = new ListObjectsV2Request { BucketName = LocalEnvironment.Bucket };
        ListObjectsV2Response page;
        do
        {
            page = await s3.ListObjectsV2Async(request, cancellationToken);
            objects.UnionWith((page.S3Objects ?? []).Select(found => found.Key));
            request.ContinuationToken = page.NextContinuationToken;
        }
        while (page.IsTruncated == true);

        return objects;
    }

    private static async Task<HashSet<string>> ReadUploadsAsync(LocalEnvironment environment, CancellationToken cancellationToken)
    {
        using var s3 = environment.CreateS3();
        var uploads = new HashSet<string>(StringComparer.Ordinal);
        var request = new ListMultipartUploadsRequest { BucketName = LocalEnvironment.Bucket };
        ListMultipartUploadsResponse page;
        do
        {
            page = await s3.ListMultipartUploadsAsync(request, cancellationToken);
            uploads.UnionWith((page.MultipartUploads ?? []).Select(found => found.UploadId));
            request.KeyMarker = page.NextKeyMarker;
            request.UploadIdMarker = page.NextUploadIdMarker;
        }
        while (page.IsTruncated == true);

        return uploads;
    }
}

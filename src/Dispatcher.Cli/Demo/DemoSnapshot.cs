using Amazon.DynamoDBv2.Model;
using Amazon.S3.Model;
using Dispatcher.Cli.Samples;
using Dispatcher.LocalServers.Moto;

namespace Dispatcher.Cli.Demo;

/// <summary>The content of a server at one moment, read with the demo's own clients and not by the job.</summary>
/// <param name="Sessions">The status of each session, by id.</param>
/// <param name="Objects">The keys of all objects.</param>
/// <param name="Uploads">The ids of all multipart uploads under way.</param>
internal sealed record DemoSnapshot(
    IReadOnlyDictionary<string, string> Sessions, IReadOnlySet<string> Objects, IReadOnlySet<string> Uploads)
{
    /// <summary>Reads a server.</summary>
    /// <param name="server">The server.</param>
    /// <param name="cancellationToken">Fires when the person gives up.</param>
    /// <returns>What it holds.</returns>
    public static async Task<DemoSnapshot> TakeAsync(MotoServer server, CancellationToken cancellationToken)
    {
        var sessions = ReadSessionsAsync(server, cancellationToken);
        var objects = ReadObjectsAsync(server, cancellationToken);
        var uploads = ReadUploadsAsync(server, cancellationToken);
        return new DemoSnapshot(await sessions, await objects, await uploads);
    }

    private static async Task<Dictionary<string, string>> ReadSessionsAsync(MotoServer server, CancellationToken cancellationToken)
    {
        using var dynamoDb = server.CreateDynamoDb();
        var sessions = new Dictionary<string, string>(StringComparer.Ordinal);
        var request = new ScanRequest { TableName = LocalResources.Table, ConsistentRead = true };
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

    private static async Task<HashSet<string>> ReadObjectsAsync(MotoServer server, CancellationToken cancellationToken)
    {
        using var s3 = server.CreateS3();
        var objects = new HashSet<string>(StringComparer.Ordinal);
        var request = new ListObjectsV2Request { BucketName = LocalResources.Bucket };
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

    private static async Task<HashSet<string>> ReadUploadsAsync(MotoServer server, CancellationToken cancellationToken)
    {
        using var s3 = server.CreateS3();
        var uploads = new HashSet<string>(StringComparer.Ordinal);
        var request = new ListMultipartUploadsRequest { BucketName = LocalResources.Bucket };
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

using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.S3;
using Amazon.S3.Model;
using Dispatcher.LocalServers.Moto;
using Dispatcher.Tool.Terminal;

namespace Dispatcher.Cli.Samples;

/// <summary>The demo's items, and how they get to a server.</summary>
internal static class DemoSeed
{
    private const int Concurrency = 16;
    private const int SessionBatch = 25;
    private const string Stage = "Filling table and bucket";

    private static readonly byte[] Content = new byte[1024];

    /// <summary>Fills table and bucket, with a progress bar.</summary>
    /// <param name="terminal">Where to show it.</param>
    /// <param name="server">The server, which has the table and the bucket.</param>
    /// <param name="kinds">What to put there.</param>
    /// <param name="cancellationToken">Fires when the person gives up.</param>
    /// <returns>What there is now.</returns>
    public static Task<IReadOnlyList<DemoItem>> FillAsync(
        CliTerminal terminal, MotoServer server, IReadOnlyList<DemoKind> kinds, CancellationToken cancellationToken)
    {
        var stages = new StageTracker();
        return ProgressBar.ShowAsync(terminal.Live, stages, FillAsync(server, kinds, stages, cancellationToken));
    }

    private static async Task<IReadOnlyList<DemoItem>> FillAsync(
        MotoServer server, IReadOnlyList<DemoKind> kinds, StageTracker progress, CancellationToken cancellationToken)
    {
        DemoItem[] items = [.. kinds.SelectMany(kind =>
            Enumerable.Range(0, kind.Count).Select(_ => new DemoItem(kind, Guid.NewGuid())))];
        using var s3 = server.CreateS3();
        using var dynamoDb = server.CreateDynamoDb();
        var options = new ParallelOptions { MaxDegreeOfParallelism = Concurrency, CancellationToken = cancellationToken };
        var done = 0;

        // Uploads first: a session names the id that S3 gave.
        await Parallel.ForEachAsync(items, options, async (item, token) =>
        {
            await PutIntoS3Async(s3, item, token);
            progress.Report(new JobProgress(Stage, Interlocked.Increment(ref done), items.Length));
        });
        await Parallel.ForEachAsync(
            items.Where(item => item.Kind.Session is not null).Chunk(SessionBatch),
            options,
            async (batch, token) => await PutIntoTableAsync(dynamoDb, batch, token));
        return items;
    }

    private static async Task PutIntoS3Async(AmazonS3Client s3, DemoItem item, CancellationToken cancellationToken)
    {
        if (item.Kind.ObjectKey is not null)
        {
            using var content = new MemoryStream(Content, writable: false);
            await s3.PutObjectAsync(
                new PutObjectRequest
                {
                    BucketName = LocalResources.Bucket,
                    Key = item.Key,
                    InputStream = content,
                    TagSet = item.Kind.IsTaggedFinished ? [new Amazon.S3.Model.Tag { Key = DemoKinds.FinishedTag, Value = "true" }] : null,
                },
                cancellationToken);
        }

        if (item.Kind.UploadParts is { } parts)
        {
            var upload = await s3.InitiateMultipartUploadAsync(LocalResources.Bucket, item.Key, cancellationToken);
            item.UploadId = upload.UploadId;
            for (var part = 1; part <= parts; part++)
            {
                using var content = new MemoryStream(Content, writable: false);
                await s3.UploadPartAsync(
                    new UploadPartRequest
                    {
                        BucketName = LocalResources.Bucket, Key = item.Key, UploadId = upload.UploadId, PartNumber = part,
                        InputStream = content,
                    },
                    cancellationToken);
            }
        }
    }

    private static async Task PutIntoTableAsync(AmazonDynamoDBClient dynamoDb, DemoItem[] batch, CancellationToken cancellationToken)
    {
        var requests = new Dictionary<string, List<WriteRequest>>
        {
            [LocalResources.Table] = [.. batch.Select(item => new WriteRequest(new PutRequest(ToTableItem(item, item.Kind.Session!))))],
        };
        while (requests.Count > 0)
        {
            var response = await dynamoDb.BatchWriteItemAsync(requests, cancellationToken);
            requests = response.UnprocessedItems ?? [];
        }
    }

    private static Dictionary<string, AttributeValue> ToTableItem(DemoItem item, DemoSession session)
    {
        var attributes = new Dictionary<string, AttributeValue>
        {
            [LocalResources.KeyAttribute] = new($"{item.Id}"),
            ["uploadType"] = new(session.IsMultipart ? "multipart" : "single"),
            ["status"] = new(session.Status),
        };
        if (session.HasKey)
        {
            attributes["key"] = new(item.Key);
        }

        if (session.ExpiresIn is { } expiresIn)
        {
            var expires = DateTimeOffset.UtcNow + expiresIn;
            attributes[LocalResources.TtlAttribute] = new() { N = expires.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture) };
        }

        if (session.IsMultipart)
        {
            attributes["s3UploadId"] = new(item.UploadId);
            attributes["partSize"] = new() { N = "8388608" };
            attributes["totalParts"] = new() { N = "4" };
        }

        return attributes;
    }
}

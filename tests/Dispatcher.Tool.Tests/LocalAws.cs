using System.Globalization;
using Amazon.DynamoDBv2.Model;
using Dispatcher.Cli.Samples;
using Dispatcher.LocalServers.Moto;
using Dispatcher.LocalServers.Supervision;

namespace Dispatcher.Tool.Tests;

/// <summary>The moto server that the tests share, started by the first test that needs it, and what they put there.</summary>
[SetUpFixture]
public sealed class LocalAws
{
    private static readonly Lazy<Task<TemporaryServer<MotoServer>>> Server = new(() =>
        MotoInstallation.OnPath.StartTemporaryAsync(CancellationToken.None));

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        if (Server.IsValueCreated)
        {
            (await Server.Value).Dispose();
        }
    }

    /// <summary>Gets the server as it is.</summary>
    internal static async Task<MotoServer> GetAsync() => (await Server.Value).Server;

    /// <summary>Empties the server, and makes table and bucket anew.</summary>
    internal static async Task<MotoServer> ResetAsync()
    {
        var server = (await Server.Value).Server;
        using var client = new HttpClient();
        using var reset = await client.PostAsync(new Uri(server.Endpoint, "/moto-api/reset"), content: null);
        reset.EnsureSuccessStatusCode();

        await LocalResources.EnsureAsync(server, CancellationToken.None);
        return server;
    }

    /// <summary>Adds an upload: its session and, where it has a key, its object.</summary>
    internal static async Task AddUploadAsync(MotoServer server, string status, bool hasKey = true)
    {
        var id = Guid.NewGuid();
        var item = new Dictionary<string, AttributeValue>
        {
            [LocalResources.KeyAttribute] = new($"{id}"),
            ["uploadType"] = new("single"),
            ["status"] = new(status),
            [LocalResources.TtlAttribute] =
                new() { N = DateTimeOffset.UtcNow.AddHours(-1).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture) },
        };
        if (hasKey)
        {
            item["key"] = new(DemoKinds.VideoKey(id));
            using var s3 = server.CreateS3();
            await s3.PutObjectAsync(new() { BucketName = LocalResources.Bucket, Key = DemoKinds.VideoKey(id), ContentBody = "video" });
        }

        using var dynamoDb = server.CreateDynamoDb();
        await dynamoDb.PutItemAsync(LocalResources.Table, item);
    }
}

using System.Globalization;
using Amazon.DynamoDBv2.Model;
using Dispatcher.Cli.Samples;
using Dispatcher.LocalServers;
using Dispatcher.LocalServers.Moto;

namespace Dispatcher.Cli.Tests;

/// <summary>Is the server that the tests share, started by the first that needs it, and what they put there.</summary>
[SetUpFixture]
public sealed class LocalAws
{
    private static readonly Lazy<Task<PrivateServer>> Server = new(StartAsync);

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        if (Server.IsValueCreated)
        {
            (await Server.Value).Dispose();
        }
    }

    /// <summary>Empties the server, and makes table and bucket anew.</summary>
    internal static async Task<LocalEnvironment> ResetAsync()
    {
        var endpoint = (await Server.Value).Endpoint;
        using var client = new HttpClient();
        using var reset = await client.PostAsync(new Uri(endpoint, "/moto-api/reset"), content: null);
        reset.EnsureSuccessStatusCode();

        var environment = new LocalEnvironment(endpoint);
        await LocalResources.EnsureAsync(environment, CancellationToken.None);
        return environment;
    }

    /// <summary>Adds an upload: its session and, where it has a key, its object.</summary>
    internal static async Task AddUploadAsync(LocalEnvironment environment, string status, bool hasKey = true)
    {
        var id = Guid.NewGuid();
        var item = new Dictionary<string, AttributeValue>
        {
            [LocalResources.KeyAttribute] = new($"{id}"),
            ["uploadType"] = new("single"),
            ["status"] = new(status),
            [LocalResources.TtlAttribute] = new() { N = DateTimeOffset.UtcNow.AddHours(-1).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture) },
        };
        if (hasKey)
        {
            item["key"] = new(DemoKinds.VideoKey(id));
            using var s3 = environment.CreateS3();
            await s3.PutObjectAsync(new() { BucketName = LocalEnvironment.Bucket, Key = DemoKinds.VideoKey(id), ContentBody = "video" });
        }

        using var dynamoDb = environment.CreateDynamoDb();
        await dynamoDb.PutItemAsync(LocalEnvironment.Table, item);
    }

    private static async Task<PrivateServer> StartAsync()
    {
        var terminal = new TestTerminal().Terminal;
        var program = await new MotoInstallation(terminal.WriteNote, LocalFolder.Find()).FindAsync(CancellationToken.None);
        return await PrivateServer.StartAsync(program, CancellationToken.None);
    }
}

using System.Diagnostics;
using System.Text.Json.Serialization;
using Amazon.DynamoDBv2;
using Amazon.ECS;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.SQS;
using Dispatcher.LocalServers.Supervision;

namespace Dispatcher.LocalServers.Moto;

/// <summary>A running moto server, which emulates AWS, and the clients of it.</summary>
/// <param name="Pid">The server's process id.</param>
/// <param name="Started">When the process started, in the operating system's own units.</param>
/// <param name="Port">The server's port on loopback.</param>
public sealed record MotoServer(int Pid, string Started, int Port) : RunningServer(Pid, Started, Port)
{
    /// <summary>The region of the clients.</summary>
    internal const string Region = "us-east-1";

    /// <summary>The access key and the secret key of the clients. Moto accepts any.</summary>
    internal const string Key = "local";

    /// <inheritdoc />
    [JsonIgnore]
    public override string Address => Url;

    /// <summary>Gets the server's address, for example <c>http://127.0.0.1:40123</c>.</summary>
    [JsonIgnore]
    public string Url => $"http://127.0.0.1:{Port}";

    /// <summary>Gets the server's address.</summary>
    [JsonIgnore]
    public Uri Endpoint => new(Url);

    /// <summary>Gets credentials that moto accepts.</summary>
    [JsonIgnore]
    public static AWSCredentials Credentials { get; } = new BasicAWSCredentials(Key, Key);

    /// <summary>Asks the server whether it is ready.</summary>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <returns>Whether it answers as moto does.</returns>
    public async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(5) };
        try
        {
            using var response = await client.GetAsync(new Uri(Endpoint, "/moto-api/config"), cancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (Exception exception)
            when (exception is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>Creates a client of the server's S3.</summary>
    /// <param name="network">The source of its connections; the SDK's own by default.</param>
    /// <param name="credentials">The credentials; <see cref="Credentials"/> by default.</param>
    /// <returns>The client.</returns>
    public AmazonS3Client CreateS3(HttpClientFactory? network = null, AWSCredentials? credentials = null) =>
        new(credentials ?? Credentials, Configure(new AmazonS3Config { ForcePathStyle = true, HttpClientFactory = network }));

    /// <summary>Creates a client of the server's DynamoDB.</summary>
    /// <param name="network">The source of its connections; the SDK's own by default.</param>
    /// <param name="credentials">The credentials; <see cref="Credentials"/> by default.</param>
    /// <returns>The client.</returns>
    public AmazonDynamoDBClient CreateDynamoDb(HttpClientFactory? network = null, AWSCredentials? credentials = null) =>
        new(credentials ?? Credentials, Configure(new AmazonDynamoDBConfig { HttpClientFactory = network }));

    /// <summary>Creates a client of the server's SQS.</summary>
    /// <param name="credentials">The credentials; <see cref="Credentials"/> by default.</param>
    /// <returns>The client.</returns>
    public AmazonSQSClient CreateSqs(AWSCredentials? credentials = null) =>
        new(credentials ?? Credentials, Configure(new AmazonSQSConfig()));

    /// <summary>Creates a client of the server's ECS.</summary>
    /// <param name="credentials">The credentials; <see cref="Credentials"/> by default.</param>
    /// <returns>The client.</returns>
    public AmazonECSClient CreateEcs(AWSCredentials? credentials = null) =>
        new(credentials ?? Credentials, Configure(new AmazonECSConfig()));

    /// <summary>Leads a client to the server.</summary>
    /// <typeparam name="TConfig">The client's configuration.</typeparam>
    /// <param name="config">The configuration to change.</param>
    /// <returns>The same configuration.</returns>
    public TConfig Configure<TConfig>(TConfig config)
        where TConfig : ClientConfig
    {
        config.ServiceURL = Url;
        config.AuthenticationRegion = Region;
        config.IgnoreConfiguredEndpointUrls = true;
        return config;
    }

    /// <inheritdoc />
    protected override void RequestStop(Process process) => process.Kill();
}

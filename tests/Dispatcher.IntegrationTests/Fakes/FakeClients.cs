using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.SQS;
using Dispatcher.Testing.Aws.Fakes;

namespace Dispatcher.IntegrationTests.Fakes;

/// <summary>Clients of empty fakes.</summary>
internal sealed class FakeClients : IDisposable
{
    private readonly FakeAwsServer? _server;

    public FakeClients(FakeAccess access)
    {
        var aws = new FakeAws();
        _server = access == FakeAccess.Http ? aws.Listen() : null;
        S3 = _server is null ? aws.CreateS3() : new(Credentials, Configure(new AmazonS3Config { ForcePathStyle = true }));
        DynamoDb = _server is null ? aws.CreateDynamoDb() : new(Credentials, Configure(new AmazonDynamoDBConfig()));
        Sqs = _server is null ? aws.CreateSqs() : new(Credentials, Configure(new AmazonSQSConfig()));
    }

    public AmazonS3Client S3 { get; }

    public AmazonDynamoDBClient DynamoDb { get; }

    public AmazonSQSClient Sqs { get; }

    private static BasicAWSCredentials Credentials => new("fake", "fake");

    public void Dispose()
    {
        S3.Dispose();
        DynamoDb.Dispose();
        Sqs.Dispose();
        _server?.Dispose();
    }

    private TConfig Configure<TConfig>(TConfig config)
        where TConfig : ClientConfig
    {
        config.ServiceURL = _server!.Url.ToString();
        config.AuthenticationRegion = "us-east-1";
        return config;
    }
}

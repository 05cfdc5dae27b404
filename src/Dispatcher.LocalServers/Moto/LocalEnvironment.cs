using Amazon.DynamoDBv2;
using Amazon.ECS;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.SQS;

namespace Dispatcher.LocalServers.Moto;

/// <summary>Is everything that leads a job to a local server and nowhere else.</summary>
/// <param name="endpoint">The server, on loopback.</param>
internal sealed class LocalEnvironment(Uri endpoint)
{
    /// <summary>The table that is made.</summary>
    public const string Table = "UploadSessions";

    /// <summary>The bucket that is made.</summary>
    public const string Bucket = "uploads-local";

    private const string Region = "us-east-1";
    private const string Key = "local";

    /// <summary>What could lead an AWS client elsewhere, or change what a run does.</summary>
    private static readonly string[] Interfering =
    [
        "AWS_PROFILE", "AWS_DEFAULT_PROFILE", "AWS_SESSION_TOKEN", "AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL_DYNAMODB",
        "AWS_ENDPOINT_URL_SQS", "AWS_ENDPOINT_URL_ECS",
        "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "AWS_USE_FIPS_ENDPOINT", "AWS_USE_DUALSTACK_ENDPOINT", "AWS_WEB_IDENTITY_TOKEN_FILE",
        "DRY_RUN", "MAX_CHANGES", "BATCH_SIZE", "CLEANUP_AGE_HOURS",
        "CELERY_ALLOWED_TASKS", "CELERY_ROUTING_KEY",
    ];

    /// <summary>Gets the variables to set, in the order of interest.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; } = new OrderedDictionary<string, string>
    {
        ["AWS_ENDPOINT_URL"] = endpoint.GetLeftPart(UriPartial.Authority),
        ["AWS_ACCESS_KEY_ID"] = Key,
        ["AWS_SECRET_ACCESS_KEY"] = Key,
        ["AWS_REGION"] = Region,

        // AWS's CLI 1 and boto3 read only this one.
        ["AWS_DEFAULT_REGION"] = Region,
        ["TABLE_NAME"] = Table,
        ["BUCKET"] = Bucket,
    };

    /// <summary>Points this process at the server, and makes sure that nothing points elsewhere.</summary>
    public void ApplyToProcess()
    {
        foreach (var name in Interfering)
        {
            Environment.SetEnvironmentVariable(name, null);
        }

        // A profile in a file could name an endpoint too.
        Environment.SetEnvironmentVariable("AWS_CONFIG_FILE", Path.Combine(Path.GetTempPath(), "dispatch-no-aws-config"));
        Environment.SetEnvironmentVariable("AWS_SHARED_CREDENTIALS_FILE", Path.Combine(Path.GetTempPath(), "dispatch-no-aws-credentials"));
        foreach (var (name, value) in Variables)
        {
            Environment.SetEnvironmentVariable(name, value);
        }
    }

    /// <summary>Makes a client of the server's S3.</summary>
    /// <returns>The client.</returns>
    public AmazonS3Client CreateS3() => new(
        new BasicAWSCredentials(Key, Key),
        Configure(new AmazonS3Config { ForcePathStyle = true }));

    /// <summary>Makes a client of the server's DynamoDB.</summary>
    /// <returns>The client.</returns>
    public AmazonDynamoDBClient CreateDynamoDb() => new(new BasicAWSCredentials(Key, Key), Configure(new AmazonDynamoDBConfig()));

    /// <summary>Makes a client of the server's SQS.</summary>
    /// <returns>The client.</returns>
    public AmazonSQSClient CreateSqs() => new(new BasicAWSCredentials(Key, Key), Configure(new AmazonSQSConfig()));

    /// <summary>Makes a client of the server's ECS.</summary>
    /// <returns>The client.</returns>
    public AmazonECSClient CreateEcs() => new(new BasicAWSCredentials(Key, Key), Configure(new AmazonECSConfig()));

    private TConfig Configure<TConfig>(TConfig config)
        where TConfig : ClientConfig
    {
        config.ServiceURL = endpoint.GetLeftPart(UriPartial.Authority);
        config.AuthenticationRegion = Region;
        config.IgnoreConfiguredEndpointUrls = true;
        return config;
    }
}

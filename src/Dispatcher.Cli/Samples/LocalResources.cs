using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.S3.Model;
using Dispatcher.LocalServers.Moto;

namespace Dispatcher.Cli.Samples;

/// <summary>The table and the bucket that the jobs work on, as they are deployed.</summary>
internal static class LocalResources
{
    /// <summary>The table's name.</summary>
    public const string Table = "UploadSessions";

    /// <summary>The bucket's name.</summary>
    public const string Bucket = "uploads-local";

    /// <summary>The table's key.</summary>
    public const string KeyAttribute = "uploadSessionId";

    /// <summary>The table's time to live, in epoch seconds.</summary>
    public const string TtlAttribute = "ttl";

    /// <summary>Gets the environment variables that name the table and the bucket.</summary>
    public static IReadOnlyDictionary<string, string> Variables { get; } = new OrderedDictionary<string, string>
    {
        ["TABLE_NAME"] = Table,
        ["BUCKET"] = Bucket,
    };

    /// <summary>Creates the table and the bucket unless they exist.</summary>
    /// <param name="server">The server.</param>
    /// <param name="cancellationToken">Cancels the requests.</param>
    /// <returns>A task that ends when both exist.</returns>
    public static async Task EnsureAsync(MotoServer server, CancellationToken cancellationToken)
    {
        using var dynamoDb = server.CreateDynamoDb();
        using var s3 = server.CreateS3();
        await EnsureTableAsync(dynamoDb, cancellationToken);
        await s3.PutBucketAsync(new PutBucketRequest { BucketName = Bucket }, cancellationToken);
    }

    private static async Task EnsureTableAsync(AmazonDynamoDBClient dynamoDb, CancellationToken cancellationToken)
    {
        try
        {
            await dynamoDb.CreateTableAsync(
                new CreateTableRequest
                {
                    TableName = Table,
                    BillingMode = BillingMode.PAY_PER_REQUEST,
                    AttributeDefinitions = [new AttributeDefinition(KeyAttribute, ScalarAttributeType.S)],
                    KeySchema = [new KeySchemaElement(KeyAttribute, KeyType.HASH)],
                },
                cancellationToken);
        }
        catch (ResourceInUseException)
        {
            return;
        }

        await dynamoDb.UpdateTimeToLiveAsync(
            new UpdateTimeToLiveRequest
            {
                TableName = Table,
                TimeToLiveSpecification = new TimeToLiveSpecification { AttributeName = TtlAttribute, Enabled = true },
            },
            cancellationToken);
    }
}

using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.S3.Model;

namespace Dispatcher.LocalServers.Moto;

/// <summary>Makes the table and the bucket that the jobs work on, as the deployed ones are.</summary>
internal static class LocalResources
{
    /// <summary>The table's key.</summary>
    public const string KeyAttribute = "uploadSessionId";

    /// <summary>The table's time to live, in epoch seconds.</summary>
    public const string TtlAttribute = "ttl";

    /// <summary>Makes what is missing.</summary>
    /// <param name="environment">The server.</param>
    /// <param name="cancellationToken">Fires when the person gives up.</param>
    /// <returns>A task that ends when all is there.</returns>
    public static async Task EnsureAsync(LocalEnvironment environment, CancellationToken cancellationToken)
    {
        using var dynamoDb = environment.CreateDynamoDb();
        using var s3 = environment.CreateS3();
        await EnsureTableAsync(dynamoDb, cancellationToken);
        await s3.PutBucketAsync(new PutBucketRequest { BucketName = LocalEnvironment.Bucket }, cancellationToken);
    }

    private static async Task EnsureTableAsync(AmazonDynamoDBClient dynamoDb, CancellationToken cancellationToken)
    {
        try
        {
            await dynamoDb.CreateTableAsync(
                new CreateTableRequest
                {
                    TableName = LocalEnvironment.Table,
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
                TableName = LocalEnvironment.Table,
                TimeToLiveSpecification = new TimeToLiveSpecification { AttributeName = TtlAttribute, Enabled = true },
            },
            cancellationToken);
    }
}

using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace Dispatcher.IntegrationTests.History;

/// <summary>A separate table of runs on moto.</summary>
internal static class RunTableWorld
{
    public static async Task<string> CreateTableAsync()
    {
        using var dynamoDb = (await SharedMoto.GetAsync()).CreateDynamoDb();
        return await CreateTableAsync(dynamoDb);
    }

    public static async Task<string> CreateTableAsync(IAmazonDynamoDB dynamoDb)
    {
        var name = $"runs-{Guid.NewGuid():N}";
        await dynamoDb.CreateTableAsync(new CreateTableRequest
        {
            TableName = name,
            BillingMode = BillingMode.PAY_PER_REQUEST,
            KeySchema = [new KeySchemaElement("job", KeyType.HASH), new KeySchemaElement("runId", KeyType.RANGE)],
            AttributeDefinitions =
            [
                new AttributeDefinition("job", ScalarAttributeType.S), new AttributeDefinition("runId", ScalarAttributeType.S),
            ],
        });
        await dynamoDb.UpdateTimeToLiveAsync(new UpdateTimeToLiveRequest
        {
            TableName = name, TimeToLiveSpecification = new TimeToLiveSpecification { AttributeName = "expiresAt", Enabled = true },
        });
        return name;
    }

    public static async Task<List<Dictionary<string, AttributeValue>>> ItemsAsync(string table)
    {
        using var dynamoDb = (await SharedMoto.GetAsync()).CreateDynamoDb();
        return (await dynamoDb.ScanAsync(new ScanRequest { TableName = table, ConsistentRead = true })).Items ?? [];
    }
}

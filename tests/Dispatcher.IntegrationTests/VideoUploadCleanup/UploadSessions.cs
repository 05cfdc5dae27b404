using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace Dispatcher.IntegrationTests.VideoUploadCleanup;

/// <summary>What an application does with its upload sessions, as docs/jobs/video-upload-cleanup.md shows it.</summary>
public sealed class UploadSessions(IAmazonDynamoDB dynamoDb, string table)
{
    /// <summary>Sets a session's status, unless the session has expired and is being cleaned up.</summary>
    /// <returns><see langword="false"/> if it is: then the upload has to begin again with a new session.</returns>
    public async Task<bool> TryCompleteAsync(string id)
    {
        try
        {
            await dynamoDb.UpdateItemAsync(new UpdateItemRequest
            {
                TableName = table,
                Key = new() { ["uploadSessionId"] = new AttributeValue { S = id } },
                UpdateExpression = "SET #status = :uploaded REMOVE #ttl",
                ConditionExpression = "#status = :created AND attribute_not_exists(cleanupClaim)",
                ExpressionAttributeNames = new() { ["#status"] = "status", ["#ttl"] = "ttl" },
                ExpressionAttributeValues = new()
                {
                    [":created"] = new AttributeValue { S = "created" },
                    [":uploaded"] = new AttributeValue { S = "uploaded" },
                },
            });
            return true;
        }
        catch (ConditionalCheckFailedException)
        {
            return false;
        }
    }
}

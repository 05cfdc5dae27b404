using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Dispatcher.Aws;

namespace Dispatcher.Jobs.VideoUploads.Cleanup;

/// <summary>A validator that checks that the table exists and that its key is the one which the job reads and writes by.</summary>
internal sealed class TableValidator(CleanupContext run)
{
    private string Table => run.Parameters.Table;

    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        var table = await DescribeAsync(cancellationToken);
        var keys = table.KeySchema ?? [];
        if (keys.Find(static key => key.KeyType == KeyType.RANGE) is { } sortKey)
        {
            throw new PermanentJobException(
                $"The DynamoDB table '{Table}' has the sort key '{sortKey.AttributeName}' beside its hash key '{NameOfHashKey(keys)}', "
                    + "but this job "
                + "needs a table with one item per session, found by a hash key alone. Set TABLE_NAME, or the parameter table, to the "
                + "sessions' table.");
        }

        var name = NameOfHashKey(keys);
        var type = table.AttributeDefinitions?.Find(attribute => attribute.AttributeName == name)?.AttributeType;
        if (name != run.Parameters.HashKey)
        {
            throw new PermanentJobException(
                $"The DynamoDB table '{Table}' has the hash key '{name}' (type {type}), not '{run.Parameters.HashKey}'. "
                    + "If it is the sessions' "
                + $"table, set the parameter hashKey to '{name}'; else set TABLE_NAME, or the parameter table, to the sessions' table.");
        }

        if (type is not null && type != ScalarAttributeType.S)
        {
            throw new PermanentJobException(
                $"The hash key '{name}' of the DynamoDB table '{Table}' has the type {type}, "
                    + "but the ids in the uploads' keys are text (type S). "
                + "Set the parameters table and hashKey to a table whose hash key is a string.");
        }
    }

    private static string? NameOfHashKey(List<KeySchemaElement> keys) =>
        keys.Find(static key => key.KeyType == KeyType.HASH)?.AttributeName;

    private async Task<TableDescription> DescribeAsync(CancellationToken cancellationToken)
    {
        try
        {
            var request = new DescribeTableRequest { TableName = Table };
            var answer = await run.TableCalls.ListAsync(() =>
                run.DynamoDb.DescribeTableAsync(request, cancellationToken), cancellationToken);
            return answer.Table ?? new TableDescription();
        }
        // The local server leaves 'Exception' out of the code.
        catch (AmazonDynamoDBException exception) when (exception is ResourceNotFoundException || exception.ErrorCode == "ResourceNotFound")
        {
            throw new PermanentJobException(
                $"The DynamoDB table '{Table}' does not exist at {AwsEndpoint.Describe(run.DynamoDb)}. "
                + "Set the environment variable TABLE_NAME, or the parameter table, to the sessions' table, and AWS_REGION to its region.",
                exception);
        }
        catch (AmazonDynamoDBException exception) when (exception.ErrorCode is "AccessDeniedException" or "AccessDenied")
        {
            throw new PermanentJobException(
                $"The key of the DynamoDB table '{Table}' may not be read, so it is not known whether it is the sessions' table, "
                    + "and nothing "
                + $"was changed: {exception.Message.TrimEnd('.')}. Allow dynamodb:DescribeTable on the table in the role's policy.",
                exception);
        }
    }
}

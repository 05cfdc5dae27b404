using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace Dispatcher.Aws.History;

/// <summary>
/// The jobs that have runs in the table: their names are its hash keys. Reads one item per job, by a Scan that restarts after the
/// last possible item of the hash key just found
/// (https://aws.amazon.com/blogs/database/generate-a-distinct-set-of-partition-keys-for-an-amazon-dynamodb-table-efficiently/).
/// </summary>
/// <param name="table">The table.</param>
/// <param name="dynamoDb">The client.</param>
internal sealed class RunTableJobs(string table, IAmazonDynamoDB dynamoDb)
{
    /// <summary>
    /// Sorts after every id, whose characters are hexadecimal digits and hyphens, and after the usual keys of leases: the last character
    /// of Unicode.
    /// </summary>
    private const string BehindAll = "\U0010FFFF";

    /// <summary>Lists the jobs.</summary>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>Their names, in no order.</returns>
    public async Task<IReadOnlyCollection<string>> ListAsync(CancellationToken cancellationToken)
    {
        var jobs = new HashSet<string>(StringComparer.Ordinal);
        Dictionary<string, AttributeValue>? behind = null;
        do
        {
            var response = await dynamoDb.ScanAsync(
                new ScanRequest
                {
                    TableName = table,
                    Limit = 1,
                    ProjectionExpression = "#job",
                    ExpressionAttributeNames = new() { ["#job"] = RunItem.Job },
                    ExclusiveStartKey = behind,
                },
                cancellationToken);

            // If a job is returned again, the service did not skip its items: then the table is read item by item.
            behind = response.Items is [var item, ..] && jobs.Add(item[RunItem.Job].S)
                ? RunTableQuery.KeyOf(item[RunItem.Job].S, BehindAll)
                : response.LastEvaluatedKey;
        }
        while (behind is { Count: > 0 });
        jobs.RemoveWhere(LeaseItem.IsHashKey);
        return jobs;
    }
}

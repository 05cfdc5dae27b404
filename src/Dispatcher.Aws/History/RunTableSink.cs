using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Dispatcher.Hosting;
using Microsoft.Extensions.Configuration;

namespace Dispatcher.Aws.History;

/// <summary>A sink that adds every run to the table. The client is created when the first run has ended.</summary>
internal sealed class RunTableSink(
    RunTableSettings table,
    Lazy<IAmazonDynamoDB> dynamoDb,
    IConfiguration configuration,
    FailureClassifier failures,
    TimeProvider timeProvider) : IRunSink
{
    /// <summary>
    /// The variable that Lambda sets for every function (https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html).
    /// </summary>
    internal const string MemoryKey = "AWS_LAMBDA_FUNCTION_MEMORY_SIZE";

    public async Task WriteAsync(RunRecord record, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(record);

        var kept = record with { MemoryMegabytes = ReadMemory() };
        var expiresAt = timeProvider.GetUtcNow().AddDays(table.RetentionDays);
        try
        {
            await dynamoDb.Value.PutItemAsync(
                new PutItemRequest { TableName = table.Name, Item = RunItem.Create(kept, expiresAt) }, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw new PermanentJobException(
                $"run {record.RunId} is missing in DynamoDB table {table.Name} ({RunTableSettings.NameKey}). "
                + $"{failures.Classify(exception).Message} The function's role needs dynamodb:PutItem on the table; its keys are job (S) "
                + "and runId (S).",
                exception);
        }
    }

    private int? ReadMemory() =>
        int.TryParse(configuration[MemoryKey], NumberStyles.None, CultureInfo.InvariantCulture, out var megabytes) && megabytes > 0
            ? megabytes
            : null;
}

using System.Net;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.S3;
using Amazon.S3.Model;
using Dispatcher.Aws;
using Dispatcher.Jobs.VideoUploads.Objects;
using Dispatcher.Jobs.VideoUploads.Orphans;
using Dispatcher.Jobs.VideoUploads.Sessions;

namespace Dispatcher.Jobs.VideoUploads.Cleanup;

/// <summary>
/// The preflight, which checks what a run relies on before it changes anything: the table, the bucket, and whether orphans can be told at
/// all.
/// </summary>
internal sealed class CleanupPreflight(CleanupContext run, SessionTable table, UploadBucket bucket)
{
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        await new TableValidator(run).CheckAsync(cancellationToken);
        RefuseGuesses(await ReadTimeToLiveAsync(cancellationToken));
        run.IsVersioned = await ReadVersioningAsync(cancellationToken);
        run.TableIsEmpty = !await table.HasAnyAsync(cancellationToken);
        var orphans = await new OrphanGuard(run, table, bucket).CheckAsync(cancellationToken);
        await new PlanCheck(run, table, bucket).CheckAsync(orphans, cancellationToken);
    }

    /// <summary>
    /// DynamoDB's TTL removes sessions after their ttl, finished ones too. The object of a finished upload then looks like an orphan.
    /// </summary>
    private void RefuseGuesses(TimeToLiveStatus? timeToLive)
    {
        var parameters = run.Parameters;
        if (parameters.Orphans == OrphanHandling.Report
            || parameters.CompletedUploadsKeepTheirSession
            || parameters.FinishedTag is not null
            || timeToLive is null
            || timeToLive == TimeToLiveStatus.DISABLED)
        {
            return;
        }

        var mode = parameters.Orphans == OrphanHandling.Delete ? "delete" : "quarantine";
        throw new PermanentJobException(
            $"orphans={mode} is refused, and nothing was changed: table '{parameters.Table}' has TTL enabled, which also removes the "
            + "sessions of completed uploads, so that a missing session does not show that an object is an orphan. "
            + "Either let the application "
            + "remove the ttl of finished sessions and set completedUploadsKeepTheirSession=true; or let it tag finished objects and set "
            + "finishedTag to the tag's key; or use orphans=report.");
    }

    private async Task<TimeToLiveStatus?> ReadTimeToLiveAsync(CancellationToken cancellationToken)
    {
        var request = new DescribeTimeToLiveRequest { TableName = run.Parameters.Table };
        var answer = await run.TableCalls.ListAsync(() =>
            run.DynamoDb.DescribeTimeToLiveAsync(request, cancellationToken), cancellationToken);
        return answer.TimeToLiveDescription?.TimeToLiveStatus;
    }

    /// <summary>
    /// Reads whether the bucket keeps versions. Only the report needs it, so that nothing but a missing bucket fails the run.
    /// </summary>
    private async Task<bool> ReadVersioningAsync(CancellationToken cancellationToken)
    {
        try
        {
            var answer = await run.Calls.RunAsync(
                () => run.S3.GetBucketVersioningAsync(
                    new GetBucketVersioningRequest { BucketName = run.Parameters.Bucket }, cancellationToken),
                cancellationToken);
            return answer.VersioningConfig?.Status is { } status && status != VersionStatus.Off;
        }
        catch (AmazonS3Exception exception) when (exception.StatusCode == HttpStatusCode.NotFound)
        {
            throw new PermanentJobException(
                $"The S3 bucket '{run.Parameters.Bucket}' does not exist at {AwsEndpoint.Describe(run.S3)}. "
                + "Set the environment variable BUCKET, or the parameter bucket, to the uploads' bucket.",
                exception);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            Log.VersioningUnknown(run.Context.Logger, run.Describe(exception));
            return true;
        }
    }
}

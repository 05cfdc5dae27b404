using System.Globalization;
using System.Runtime.ExceptionServices;
using Amazon.DynamoDBv2;
using Amazon.S3;
using Dispatcher.Aws;
using Dispatcher.Jobs.VideoUploads.Objects;
using Dispatcher.Jobs.VideoUploads.Orphans;
using Dispatcher.Jobs.VideoUploads.Sessions;

namespace Dispatcher.Jobs.VideoUploads.Cleanup;

/// <summary>
/// The job that cleans up after video uploads, in three independent passes: the sessions, each judged once; the objects without a session;
/// the multipart uploads without a session.
/// </summary>
/// <param name="dynamoDb">The client for the sessions.</param>
/// <param name="s3">The client for the objects.</param>
/// <param name="timeProvider">The clock.</param>
public sealed class VideoUploadCleanupJob(IAmazonDynamoDB dynamoDb, IAmazonS3 s3, TimeProvider timeProvider)
    : MaintenanceJob<VideoUploadCleanupParameters>
{
    /// <inheritdoc />
    protected override async Task<JobResult> RunAsync(
        VideoUploadCleanupParameters parameters, JobContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(context);

        using var calls = new CallLimiter(parameters.Concurrency);
        var run = new CleanupContext(parameters, context, dynamoDb, s3, calls, timeProvider, cancellationToken);
        foreach (var count in CleanupCounts.All)
        {
            context.Counters.Add(count, 0);
        }

        try
        {
            var table = new SessionTable(run);
            var bucket = new UploadBucket(run);
            await new CleanupPreflight(run, table, bucket).CheckAsync(cancellationToken);
            await RunPassesAsync(run, table, bucket, cancellationToken);
            return JobResult.Succeeded(string.Join(' ', new[] { Describe(context), run.Selector.DescribeUnmatched() }.OfType<string>()));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested && context.IsPastDeadline)
        {
            return JobResult.Continued("Stopped at the deadline; everything that was begun is consistent, "
                + "and the next run finds the remaining work.");
        }
        catch (Exception exception) when (context.Classify(exception) is { Kind: FailureKind.Denied, Message: var message })
        {
            throw new PermanentJobException(
                $"{message} Table '{parameters.Table}' (TABLE_NAME) at {AwsEndpoint.Describe(dynamoDb)}, "
                + $"bucket '{parameters.Bucket}' (BUCKET) at {AwsEndpoint.Describe(s3)}.",
                exception);
        }
        finally
        {
            context.Counters.Set(CleanupCounts.ItemErrors, context.Errors.Count);
        }
    }

    private static async Task RunPassesAsync(
        CleanupContext run, SessionTable table, UploadBucket bucket, CancellationToken cancellationToken)
    {
        var sessions = new SessionPass(run, table, bucket);
        (string Name, Func<CancellationToken, Task> Run)[] passes =
        [
            ("Cleaning the sessions", sessions.RunAsync),
            ("Checking the objects", new OrphanPass(run, table, bucket).RunAsync),
            ("Checking the multipart uploads", new StrayUploadPass(run, table, bucket).RunAsync),
            ("Finishing sessions of another run", sessions.FinishClaimedAsync),
        ];

        var failed = new List<Exception>();
        foreach (var pass in passes)
        {
            try
            {
                await pass.Run(cancellationToken);
            }
            catch (Exception exception)
                when (exception is not PermanentJobException && (failed.Count > 0 || !cancellationToken.IsCancellationRequested))
            {
                // The passes are independent: one that fails fails the run, but does not keep the others from their work.
                Log.PassFailed(run.Context.Logger, pass.Name, run.Describe(exception));
                failed.Add(exception);
            }
        }

        if (failed is [var first, ..])
        {
            ExceptionDispatchInfo.Throw(first);
        }
    }

    private static string Describe(JobContext context)
    {
        var counts = context.Counters.Snapshot();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{counts[CleanupCounts.SessionsScanned]:N0} sessions checked, "
            + $"{counts[CleanupCounts.OrphanedObjectsFound]:N0} objects without a session found among "
            + $"{counts[CleanupCounts.ObjectsChecked]:N0}.");
    }
}

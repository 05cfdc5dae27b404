using Amazon.S3;

namespace Dispatcher.OpenTelemetry.Tests;

/// <summary>Fails at its first attempt; at the second it proposes two changes, one of which calls S3 and one of which fails.</summary>
internal sealed class UploadJob(IAmazonS3 s3) : IMaintenanceJob
{
    public const string Name = "upload";

    public const string Secret = "invoices-of-acme";

    public async Task<JobResult> RunAsync(JobContext context, CancellationToken cancellationToken)
    {
        if (context.Attempt == 1)
        {
            throw new TransientJobException($"{Secret} is busy.");
        }

        await context.Changes.ApplyAsync(
            new Change("s3:GetObject", Secret) { Evidence = Secret, Bytes = 4711 },
            token => s3.GetObjectAsync(Secret, Secret, token),
            cancellationToken);
        await context.Changes.TryApplyAsync(
            new Change("test:Touch", Secret), _ => throw new InvalidOperationException(Secret), cancellationToken);
        return JobResult.Succeeded("Done.");
    }
}

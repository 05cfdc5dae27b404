using System.Net;
using Amazon.S3;
using Amazon.S3.Model;

namespace Dispatcher.Jobs.VideoUploads.Restoring;

/// <summary>A reader of the objects that are in the bucket now.</summary>
internal sealed class ObjectReader(RestoreRun run, IAmazonS3 s3)
{
    /// <summary>Finds an object.</summary>
    /// <returns>What HEAD answers; <see langword="null"/> if there is none.</returns>
    public async Task<GetObjectMetadataResponse?> FindAsync(ChangeTarget target, CancellationToken cancellationToken)
    {
        var request = new GetObjectMetadataRequest { BucketName = target.Container, Key = target.Name };
        try
        {
            return await run.Calls.RunAsync(() => s3.GetObjectMetadataAsync(request, cancellationToken), cancellationToken);
        }
        catch (AmazonS3Exception exception) when (exception.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    /// <summary>Determines whether a session's object is another one than the run has seen, or there is one although it saw none.</summary>
    public async Task<bool> IsAnotherThereAsync(FormerItem former, CancellationToken cancellationToken) =>
        ChangeTarget.Read(former.Object) is { } target
        && await FindAsync(target, cancellationToken) is { } found
        && SeenObject.Read(former.Seen)?.Is(found.ETag, found.LastModified) != true;
}

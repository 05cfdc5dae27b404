using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using Dispatcher.Aws;

namespace Dispatcher.Jobs.VideoUploads.Restoring;

/// <summary>
/// Takes back the deletion of an object in a bucket that keeps versions: the delete marker of the run is removed, so that the version below
/// it is the object again. The marker is removed by its id, so that an object which was written since is never touched.
/// </summary>
internal sealed class ObjectUndo(RestoreRun run, IAmazonS3 s3)
{
    /// <summary>The version of what was written while the bucket kept no versions. It is not unique.</summary>
    private const string NoVersion = "null";

    public async Task<RestoreStep?> InspectAsync(MadeChange made, CancellationToken cancellationToken)
    {
        if (ChangeTarget.Read(made.Target) is not { } target || SeenObject.Read(made.Evidence) is not { } deleted)
        {
            return run.Refuse(made, "the audit trail does not hold which object it was.");
        }

        var versions = await ListAsync(target, cancellationToken);
        if (versions.Find(static version => version.IsLatest == true) is not { } latest)
        {
            return run.Refuse(made, "the bucket has kept no version of the object. It kept none, or a lifecycle rule has removed it.");
        }

        if (latest.IsDeleteMarker != true)
        {
            return deleted.Is(latest.ETag, latest.LastModified)
                ? run.Already()
                : run.Refuse(made, $"another object was written since{Version(latest)}; it is left alone.");
        }

        if (made.Undo is { } undo && undo != DeleteMarker(latest.VersionId))
        {
            return run.Refuse(made, $"the object was deleted once more since, by the delete marker {latest.VersionId}.");
        }

        if (latest.VersionId == NoVersion)
        {
            return run.Refuse(
                made,
                "the bucket's versioning is suspended: an object that is written now would replace the delete marker, and removing the "
                + "marker would remove it. Copy the version that was deleted to its key.");
        }

        var below = versions.SkipWhile(version => version != latest).Skip(1).FirstOrDefault();
        return below is { IsDeleteMarker: not true } && deleted.Is(below.ETag, below.LastModified)
            ? new RestoreStep(
                new Change("s3:DeleteObjectVersion", made.Target)
                {
                    Reason = "removes the delete marker, so that the object is there again",
                    Evidence = $"deleteMarker={latest.VersionId} versionId={below.VersionId} etag={deleted.ETag}",
                    Counter = RestoreCounts.ObjectsRestored,
                },
                token => RemoveMarkerAsync(target, latest.VersionId, token))
            : run.Refuse(made, "the version that was deleted is gone: a lifecycle rule or a person has removed it.");
    }

    /// <summary>Gets what the audit trail of a deletion holds.</summary>
    public static string DeleteMarker(string versionId) => $"deleteMarker={versionId}";

    private static string Version(S3ObjectVersion version) =>
        version.VersionId == NoVersion ? string.Empty : $" (version {version.VersionId})";

    private async Task<ChangeOutcome> RemoveMarkerAsync(ChangeTarget target, string versionId, CancellationToken cancellationToken)
    {
        var request = new DeleteObjectRequest { BucketName = target.Container, Key = target.Name, VersionId = versionId };
        try
        {
            await run.Calls.RunAsync(() => s3.DeleteObjectAsync(request, cancellationToken), cancellationToken);
            return ChangeOutcome.Applied;
        }
        catch (AmazonS3Exception exception) when (exception.StatusCode == HttpStatusCode.NotFound)
        {
            return AwsAttempts.Settle(request, ChangeOutcome.Skipped("the delete marker is gone already"));
        }
    }

    /// <summary>Lists the versions of one key, the latest first. Keys that begin with it come after all of them.</summary>
    private async Task<List<S3ObjectVersion>> ListAsync(ChangeTarget target, CancellationToken cancellationToken)
    {
        var request = new ListVersionsRequest { BucketName = target.Container, Prefix = target.Name };
        var versions = new List<S3ObjectVersion>();
        ListVersionsResponse page;
        do
        {
            page = await run.Calls.RunAsync(() => s3.ListVersionsAsync(request, cancellationToken), cancellationToken);
            var found = page.Versions ?? [];
            versions.AddRange(found.Where(version => version.Key == target.Name));
            (request.KeyMarker, request.VersionIdMarker) = (page.NextKeyMarker, page.NextVersionIdMarker);
            if (found.Exists(version => version.Key != target.Name))
            {
                break;
            }
        }
        while (page.IsTruncated == true);

        // S3 answers versions and delete markers in one order; an emulator may answer them apart.
        return [.. versions.OrderByDescending(static version => version.IsLatest == true)
            .ThenByDescending(static version => version.LastModified)];
    }
}

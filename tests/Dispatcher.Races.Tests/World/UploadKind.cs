namespace Dispatcher.Races.Tests.World;

/// <summary>The kinds of uploads that the cleanup tells apart.</summary>
internal enum UploadKind
{
    Uploaded,
    UploadedForGood,
    Processed,
    Fresh,
    ExpiredWithObject,
    ExpiredWithoutObject,
    MultipartFresh,
    MultipartEmpty,
    MultipartWithParts,
    MultipartGone,
    MultipartCompleted,
    PartialInReview,
    PartialOver,
    Orphan,
    YoungOrphan,
    FinishedOrphan,
    Stray,
}

namespace Dispatcher.Jobs.VideoUploads.VideoUploadCleanup.Sessions;

/// <summary>Says how a claimed session stands after the bucket was cleared.</summary>
internal enum ClearedState
{
    /// <summary>Something failed or the run had to stop: the claim stays, the next run goes on.</summary>
    Left,

    /// <summary>Nothing of it is left in the bucket.</summary>
    Clear,

    /// <summary>Its upload was completed in the meantime: the object stays.</summary>
    Completed,
}

namespace Dispatcher.Jobs.VideoUploads.Sessions;

/// <summary>How a claimed session stands after the bucket was cleared.</summary>
internal enum ClearedState
{
    /// <summary>Something failed or the run had to stop: the claim stays, the next run goes on.</summary>
    Left,

    /// <summary>Nothing of it is left in the bucket.</summary>
    Clear,

    /// <summary>
    /// Its upload was completed or went on in the meantime: what is in the bucket stays, and the session is kept for review.
    /// </summary>
    Completed,

    /// <summary>The session itself has changed: it is left alone, and the claim given up.</summary>
    Changed,

    /// <summary>Its upload could not be looked at: it is left alone, and the claim given up.</summary>
    Unknown,
}

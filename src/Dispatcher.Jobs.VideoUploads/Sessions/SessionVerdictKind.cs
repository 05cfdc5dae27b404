namespace Dispatcher.Jobs.VideoUploads.Sessions;

/// <summary>What a session is, by itself and the clock.</summary>
internal enum SessionVerdictKind
{
    /// <summary>Finished, or still under way.</summary>
    Kept,

    /// <summary>Partial, and kept for review.</summary>
    InReview,

    /// <summary>Not under the prefix that the run is restricted to.</summary>
    OutsidePrefix,

    /// <summary>Due, but left alone by the rules of the run.</summary>
    NotSelected,

    /// <summary>Due, but in quarantine.</summary>
    InQuarantine,

    /// <summary>Cannot be judged; an item error.</summary>
    Invalid,

    /// <summary>Another run claimed it a moment ago.</summary>
    Claimed,

    /// <summary>Created and expired.</summary>
    Expired,

    /// <summary>Partial, and its time for review is over.</summary>
    ReviewOver,
}

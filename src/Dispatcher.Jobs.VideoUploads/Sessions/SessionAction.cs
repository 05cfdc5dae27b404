namespace Dispatcher.Jobs.VideoUploads.Sessions;

/// <summary>What becomes of a session that is due.</summary>
internal enum SessionAction
{
    /// <summary>Nothing: its upload is complete after all.</summary>
    Keep,

    /// <summary>It stays; the claim of a run that has died is removed.</summary>
    Release,

    /// <summary>It is marked partial, for review.</summary>
    Review,

    /// <summary>It is put into quarantine, with its object if it has one.</summary>
    Quarantine,

    /// <summary>Nothing yet: its object is still in quarantine.</summary>
    Wait,

    /// <summary>It is claimed first: only then a look at its upload decides whether it is removed or marked partial.</summary>
    Look,

    /// <summary>It is removed with what it left in the bucket.</summary>
    Remove,
}

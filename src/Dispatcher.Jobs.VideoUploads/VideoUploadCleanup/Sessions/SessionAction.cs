namespace Dispatcher.Jobs.VideoUploads.VideoUploadCleanup.Sessions;

/// <summary>Says what becomes of a session that is due.</summary>
internal enum SessionAction
{
    /// <summary>Nothing: its upload is complete after all.</summary>
    Keep,

    /// <summary>It is marked partial, for review.</summary>
    Review,

    /// <summary>It is removed with what it left in the bucket.</summary>
    Remove,
}

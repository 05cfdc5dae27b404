namespace Dispatcher.Jobs.VideoUploads.Restoring;

/// <summary>The names of the counts of a run that restores.</summary>
internal static class RestoreCounts
{
    public const string SessionsRestored = "sessionsRestored";
    public const string ObjectsRestored = "objectsRestored";
    public const string TagsRemoved = "tagsRemoved";

    /// <summary>Changes that have been taken back before.</summary>
    public const string AlreadyRestored = "alreadyRestored";

    /// <summary>Changes that cannot be taken back, each an item error.</summary>
    public const string NotRestorable = "notRestorable";
}

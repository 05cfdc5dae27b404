namespace Dispatcher.Jobs.VideoUploads.Objects;

/// <summary>Says how far a multipart upload has come.</summary>
internal enum UploadState
{
    /// <summary>There is no such upload: it was completed, aborted, or never begun.</summary>
    Gone,

    /// <summary>It is open and has no parts.</summary>
    Empty,

    /// <summary>It is open and has parts.</summary>
    HasParts,
}

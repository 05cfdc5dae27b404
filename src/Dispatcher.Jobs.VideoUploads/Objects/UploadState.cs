namespace Dispatcher.Jobs.VideoUploads.Objects;

/// <summary>The states of a multipart upload.</summary>
internal enum UploadState
{
    /// <summary>There is no such upload: it was completed, aborted, or never begun.</summary>
    Gone,

    /// <summary>It is open and has no parts.</summary>
    Empty,

    /// <summary>It is open and has parts.</summary>
    HasParts,
}

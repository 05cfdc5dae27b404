namespace Dispatcher.Jobs.VideoUploads.Objects;

/// <summary>What an object's tags say of it.</summary>
internal enum TagVerdict
{
    /// <summary>There is no object any more.</summary>
    Gone,

    /// <summary>Nothing, or a quarantine that the object has outlived because it was written since.</summary>
    Untagged,

    /// <summary>It bears the tag of finished uploads.</summary>
    Finished,

    /// <summary>It is in quarantine.</summary>
    InQuarantine,

    /// <summary>Its quarantine is over, and it has not been written since.</summary>
    QuarantineOver,

    /// <summary>Its quarantine tag cannot be read.</summary>
    Defective,
}

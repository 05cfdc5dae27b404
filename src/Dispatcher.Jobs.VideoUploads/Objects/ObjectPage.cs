namespace Dispatcher.Jobs.VideoUploads.Objects;

/// <summary>A page of a listing.</summary>
/// <param name="Objects">The objects on it.</param>
/// <param name="LastKey">The last key that the page answers for, or <see langword="null"/> if nothing follows.</param>
internal sealed record ObjectPage(IReadOnlyList<StoredObject> Objects, string? LastKey);

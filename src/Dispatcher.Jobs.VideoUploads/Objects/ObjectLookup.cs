namespace Dispatcher.Jobs.VideoUploads.Objects;

/// <summary>What was found at a key.</summary>
/// <param name="Object">The object, or <see langword="null"/> if there is none or it could not be looked at.</param>
/// <param name="Error">Why it could not be looked at, or <see langword="null"/> if it could.</param>
internal readonly record struct ObjectLookup(StoredObject? Object, string? Error);

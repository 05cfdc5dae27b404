namespace Dispatcher.Races.Tests.World;

/// <summary>An upload of a client.</summary>
/// <param name="Kind">What it is at the beginning.</param>
/// <param name="Id">The id of its session, whether there is one or not.</param>
/// <param name="Key">The key of its object, whether there is one or not.</param>
/// <param name="UploadId">The id of its multipart upload.</param>
internal sealed record Upload(UploadKind Kind, string Id, string Key, string? UploadId);

namespace Dispatcher.Testing.Aws.Fakes.S3;

/// <summary>An open multipart upload.</summary>
/// <param name="Key">The key of the object that it will be.</param>
/// <param name="UploadId">Its id.</param>
/// <param name="Initiated">When it was begun, in full seconds as S3 tells.</param>
/// <param name="Parts">Its parts' bytes, by number.</param>
public sealed record FakeUpload(
    string Key, string UploadId, DateTimeOffset Initiated, IReadOnlyDictionary<int, ReadOnlyMemory<byte>> Parts);

namespace Dispatcher.Testing.Aws.Fakes.S3;

/// <summary>An object in a bucket.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Content">Its bytes.</param>
/// <param name="ETag">Its ETag, with the quotation marks.</param>
/// <param name="LastModified">When it was written, in full seconds as S3 tells.</param>
public sealed record FakeObject(string Key, ReadOnlyMemory<byte> Content, string ETag, DateTimeOffset LastModified)
{
    /// <summary>
    /// Gets the number of the write that made it: no two writes have the same, also of the same bytes in the same second.
    /// </summary>
    public required long Version { get; init; }

    /// <summary>Gets its tags, in the order in which they were written.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Tags { get; init; } = [];

    /// <summary>Gets the headers that were stored with it: <c>Content-Type</c>, <c>x-amz-meta-…</c>.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <inheritdoc />
    public override string ToString() =>
        $"{ETag} v{Version} {LastModified:yyyy-MM-ddTHH:mm:ssZ} [{string.Join(", ", Tags.Select(static tag => $"{tag.Key}={tag.Value}"))}]";
}

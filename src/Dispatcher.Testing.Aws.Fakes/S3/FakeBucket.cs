using System.Security.Cryptography;
using Dispatcher.Testing.Aws.Fakes.Calls;

namespace Dispatcher.Testing.Aws.Fakes.S3;

/// <summary>
/// A bucket without versions. A test writes into it directly, also into the past; such writes are not in the log of changes.
/// </summary>
public sealed class FakeBucket
{
    private readonly FakeWorld _world;
    private long _versions;
    private int _uploadIds;

    internal FakeBucket(FakeWorld world, string name)
    {
        _world = world;
        Name = name;
        CreatedAt = world.Clock.GetUtcNow();
    }

    /// <summary>Gets its name.</summary>
    public string Name { get; }

    /// <summary>Gets its objects, in the order in which S3 lists them.</summary>
    public IReadOnlyList<FakeObject> Objects => _world.Locked(() => (IReadOnlyList<FakeObject>)[.. ObjectsByKey.Values]);

    /// <summary>Gets its open multipart uploads, in the order in which S3 lists them.</summary>
    public IReadOnlyList<FakeUpload> Uploads => _world.Locked(() => (IReadOnlyList<FakeUpload>)[.. UploadsInOrder]);

    internal DateTimeOffset CreatedAt { get; }

    internal SortedDictionary<string, FakeObject> ObjectsByKey { get; } = new(StringComparer.Ordinal);

    internal List<FakeUpload> UploadsById { get; } = [];

    internal IEnumerable<FakeUpload> UploadsInOrder => UploadsById
        .OrderBy(static upload => upload.Key, StringComparer.Ordinal)
        .ThenBy(static upload => upload.UploadId, StringComparer.Ordinal);

    /// <summary>Writes an object.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="content">Its bytes.</param>
    /// <param name="lastModified">When it is said to have been written; now if it is left out.</param>
    /// <param name="tags">Its tags.</param>
    /// <returns>The object.</returns>
    public FakeObject Put(
        string key,
        ReadOnlyMemory<byte> content,
        DateTimeOffset? lastModified = null,
        IReadOnlyList<KeyValuePair<string, string>>? tags = null) =>
        _world.Locked(() => Store(key, content, ETagOf(content.Span), lastModified, tags ?? []));

    /// <summary>Begins a multipart upload.</summary>
    /// <param name="key">The key of the object that it will be.</param>
    /// <param name="initiated">When it is said to have been begun; now if it is left out.</param>
    /// <param name="parts">The bytes of its first parts.</param>
    /// <returns>The upload.</returns>
    public FakeUpload Begin(string key, DateTimeOffset? initiated = null, params ReadOnlyMemory<byte>[] parts) =>
        _world.Locked(() => Open(
            key, initiated, Enumerable.Range(0, parts.Length).ToDictionary(static index => index + 1, index => parts[index])));

    internal static string ETagOf(ReadOnlySpan<byte> content) => $"\"{Hash(content)}\"";

    /// <summary>The ETag of an object of parts is the hash of their hashes, and their number.</summary>
    internal static string ETagOf(IReadOnlyCollection<ReadOnlyMemory<byte>> parts) =>
        $"\"{Hash(parts.SelectMany(static part => Digest(part.Span)).ToArray())}-{parts.Count}\"";

    internal FakeObject Store(
        string key,
        ReadOnlyMemory<byte> content,
        string etag,
        DateTimeOffset? lastModified,
        IReadOnlyList<KeyValuePair<string, string>> tags,
        IReadOnlyDictionary<string, string>? headers = null) =>
        ObjectsByKey[key] = new FakeObject(key, content, etag, FullSeconds(lastModified))
        {
            Version = ++_versions,
            Tags = tags,
            Headers = headers ?? new Dictionary<string, string>(),
        };

    internal FakeUpload Open(string key, DateTimeOffset? initiated, IReadOnlyDictionary<int, ReadOnlyMemory<byte>> parts)
    {
        var upload = new FakeUpload(key, $"upload{++_uploadIds:D6}", FullSeconds(initiated), parts);
        UploadsById.Add(upload);
        return upload;
    }

    private static string Hash(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(Digest(content));

#pragma warning disable CA5351 // An ETag is an MD5 hash by S3's own definition.
    private static byte[] Digest(ReadOnlySpan<byte> content) => MD5.HashData(content);
#pragma warning restore CA5351

    private DateTimeOffset FullSeconds(DateTimeOffset? time) =>
        DateTimeOffset.FromUnixTimeSeconds((time ?? _world.Clock.GetUtcNow()).ToUnixTimeSeconds());
}

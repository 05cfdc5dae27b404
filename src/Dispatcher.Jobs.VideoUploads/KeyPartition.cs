using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Dispatcher.Jobs.VideoUploads;

/// <summary>
/// The division of the keys under a prefix among the shards of a slot. All keys of one folder belong to one shard, a key outside of
/// folders to the shard of its name: each key belongs to exactly one shard, whatever the keys are, because nothing but the key decides.
/// </summary>
/// <remarks>
/// S3 has no parallel scan. A shard lists the keys in order, and skips the rest of a folder that belongs to another shard: at worst, with
/// folders smaller than a page, each shard lists everything.
/// </remarks>
internal sealed class KeyPartition
{
    private const char Delimiter = '/';

    /// <summary>Follows the ASCII characters that names usually begin with. What begins with others is listed and left out.</summary>
    private const char AfterNames = '~';

    private readonly JobShard _shard;
    private readonly string _prefix;
    private readonly int _depth;

    /// <summary>Creates the division.</summary>
    /// <param name="shard">The shard of this run.</param>
    /// <param name="prefix">The prefix that all keys begin with.</param>
    /// <param name="depth">How many levels of folders below the prefix stay together; 0 to divide by the whole key.</param>
    public KeyPartition(JobShard shard, string prefix, int depth) => (_shard, _prefix, _depth) = (shard, prefix, depth);

    /// <summary>Gets all keys.</summary>
    public static KeyPartition Whole { get; } = new(JobShard.Whole, string.Empty, depth: 0);

    /// <summary>Gets a value indicating whether these are all keys.</summary>
    public bool IsWhole => _shard.IsWhole;

    /// <summary>Creates the division of a run. The folders are those that the key pattern has before the session's id.</summary>
    public static KeyPartition Create(JobShard shard, string prefix, UploadKeyPattern pattern) =>
        new(shard, prefix, Math.Max(0, pattern.FoldersBeforeSession - prefix.Count(Delimiter)));

    /// <summary>Determines whether a key belongs to this run.</summary>
    public bool Owns(string key) => _shard.IsWhole || _shard.Owns(Hash(FolderOf(key, out var length) ? key.AsSpan(0, length) : key));

    /// <summary>Determines where a listing goes on after a page.</summary>
    /// <param name="lastKey">The last key of the page.</param>
    /// <returns>
    /// The key after which it goes on, at the end of a folder of another shard; <see langword="null"/> to go on with the next page.
    /// </returns>
    public string? SkipTo(string lastKey)
    {
        if (_shard.IsWhole || !FolderOf(lastKey, out var length) || _shard.Owns(Hash(lastKey.AsSpan(0, length))))
        {
            return null;
        }

        // Every key between the last one and this begins with the folder too, in the order of S3 as in any other.
        return length < lastKey.Length && lastKey[length] >= AfterNames ? null : lastKey[..length] + AfterNames;
    }

    /// <summary>Hashes in a way that is the same in every process and version.</summary>
    private static ulong Hash(ReadOnlySpan<char> text)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        var utf8 = new byte[Encoding.UTF8.GetByteCount(text)];
        Encoding.UTF8.GetBytes(text, utf8);
        SHA256.HashData(utf8, hash);
        return BinaryPrimitives.ReadUInt64LittleEndian(hash);
    }

    /// <summary>Finds the folder of a key.</summary>
    /// <returns><see langword="false"/> if the key is not in a folder of that depth.</returns>
    private bool FolderOf(string key, out int length)
    {
        length = _prefix.Length;
        if (_depth == 0 || !key.StartsWith(_prefix, StringComparison.Ordinal))
        {
            return false;
        }

        for (var level = 0; level < _depth; level++)
        {
            var end = key.IndexOf(Delimiter, length);
            if (end < 0)
            {
                return false;
            }

            length = end + 1;
        }

        return true;
    }
}

using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Dispatcher.Jobs.VideoUploads;

/// <summary>
/// A set of a million sessions in about 12 MB: of each id, 8 bytes of a hash. If two ids had the same, the set would contain both.
/// Thread-safe.
/// </summary>
/// <remarks>
/// The hashes are divided among many lists, so that no array becomes a large object. The collector leaves those to the end of the run, and
/// a hash table would leave one with each doubling of its size. This holds up to about 8 million sessions: then a list outgrows 8,192
/// hashes, which are also the most that a search compares. Beyond, the set works but its lists become large objects.
/// </remarks>
internal sealed class SessionSet
{
    private const int Lists = 1_024;

    private readonly Lock _lock = new();
    private List<ulong>?[]? _hashes;

    public void Add(string session)
    {
        var hash = Hash(session);
        lock (_lock)
        {
            _hashes ??= new List<ulong>?[Lists];
            var list = _hashes[hash % Lists] ??= [];
            if (!list.Contains(hash))
            {
                list.Add(hash);
            }
        }
    }

    public bool Contains(string session)
    {
        lock (_lock)
        {
            if (_hashes is null)
            {
                return false;
            }

            var hash = Hash(session);
            return _hashes[hash % Lists]?.Contains(hash) == true;
        }
    }

    private static ulong Hash(string session) =>
        BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(session)));
}

using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Dispatcher.Plans;

/// <summary>
/// The changes of a plan in sorted arrays of hashes, at most 44 bytes each: a plan of a million changes needs no more memory than that.
/// Equal changes share an entry, with a count.
/// </summary>
internal sealed class PlanIndex
{
    private const int MaxInspected = 64;

    private readonly Entry[] _entries;
    private readonly int[] _total;
    private readonly int[] _taken;
    private readonly bool[] _seen;
    private readonly int _count;

    private PlanIndex(Entry[] entries)
    {
        Array.Sort(entries);
        _entries = entries;
        _total = new int[entries.Length];
        foreach (var entry in entries)
        {
            if (_count > 0 && entries[_count - 1].IsSame(entry))
            {
                _total[_count - 1]++;
                continue;
            }

            entries[_count] = entry;
            _total[_count++] = 1;
        }

        _taken = new int[_count];
        _seen = new bool[_count];
        Free = entries.Length;
    }

    /// <summary>Gets how many changes of the plan may still be made.</summary>
    public long Free { get; private set; }

    public static PlanIndex Create(PlanFile plan)
    {
        var entries = new Entry[plan.Totals.Changes];
        var index = 0;
        foreach (var (change, position) in plan.ReadPositions())
        {
            entries[index++] = Entry.Create(change.Change, position);
        }

        return new PlanIndex(entries);
    }

    /// <summary>Takes a change, if the plan holds it with the same evidence and it is not taken.</summary>
    /// <param name="change">The change.</param>
    /// <param name="entry">The entry that was taken, or one of the same action and target with other evidence; -1 for none.</param>
    public bool TryTake(Change change, out int entry)
    {
        var wanted = Entry.Create(change, 0);
        var found = Array.BinarySearch(_entries, 0, _count, wanted, EntryOrder.ByEvidence);
        if (found >= 0 && _taken[found] < _total[found])
        {
            _taken[found]++;
            _seen[found] = true;
            Free--;
            entry = found;
            return true;
        }

        entry = FindOther(wanted);
        return false;
    }

    /// <summary>Gives a change back that was not made, so that another attempt may make it.</summary>
    public void Release(int entry)
    {
        _taken[entry]--;
        Free++;
    }

    /// <summary>Gets the position of an entry in the file.</summary>
    public long PositionOf(int entry) => _entries[entry].Position;

    /// <summary>Finds the changes that were never proposed.</summary>
    /// <param name="most">The most positions to return.</param>
    /// <returns>How many there are, and the positions of the first ones in the file.</returns>
    public (long Count, IReadOnlyList<long> Positions) FindUnseen(int most)
    {
        long count = 0;
        var first = new PriorityQueue<long, long>();
        for (var index = 0; index < _count; index++)
        {
            if (_seen[index])
            {
                continue;
            }

            count += _total[index];
            first.Enqueue(_entries[index].Position, -_entries[index].Position);
            if (first.Count > most)
            {
                first.Dequeue();
            }
        }

        return (count, [.. first.UnorderedItems.Select(static item => item.Element).Order()]);
    }

    /// <summary>Finds an entry of the same action and target that is not taken, and marks it as seen.</summary>
    private int FindOther(Entry wanted)
    {
        var first = Array.BinarySearch(_entries, 0, _count, wanted with { Evidence = 0 }, EntryOrder.ByEvidence);
        first = first < 0 ? ~first : first;
        for (var index = first; index < _count && index < first + MaxInspected && _entries[index].IsSameThing(wanted); index++)
        {
            if (_taken[index] < _total[index])
            {
                _seen[index] = true;
                return index;
            }
        }

        return -1;
    }

    private readonly record struct Entry(ulong High, ulong Low, ulong Evidence, long Position) : IComparable<Entry>
    {
        public static Entry Create(Change change, long position)
        {
            Span<byte> key = stackalloc byte[SHA256.HashSizeInBytes];
            Span<byte> evidence = stackalloc byte[SHA256.HashSizeInBytes];
            Hash(change.Action, change.Target, key);

            // Without evidence the reason decides.
            Hash(change.Evidence is null ? "reason" : "evidence", change.Evidence ?? change.Reason ?? string.Empty, evidence);
            return new Entry(
                BinaryPrimitives.ReadUInt64BigEndian(key),
                BinaryPrimitives.ReadUInt64BigEndian(key[8..]),
                BinaryPrimitives.ReadUInt64BigEndian(evidence),
                position);
        }

        public bool IsSameThing(Entry other) => High == other.High && Low == other.Low;

        public bool IsSame(Entry other) => IsSameThing(other) && Evidence == other.Evidence;

        public int CompareTo(Entry other)
        {
            var byEvidence = EntryOrder.ByEvidence.Compare(this, other);
            return byEvidence != 0 ? byEvidence : Position.CompareTo(other.Position);
        }

        private static void Hash(string first, string second, Span<byte> hash)
        {
            var length = Encoding.UTF8.GetMaxByteCount(first.Length + second.Length + 1);
            var buffer = length <= 2048 ? stackalloc byte[length] : new byte[length];
            var written = Encoding.UTF8.GetBytes(first, buffer);
            buffer[written++] = 0;
            written += Encoding.UTF8.GetBytes(second, buffer[written..]);
            SHA256.HashData(buffer[..written], hash);
        }
    }

    private sealed class EntryOrder : IComparer<Entry>
    {
        public static EntryOrder ByEvidence { get; } = new();

        public int Compare(Entry x, Entry y)
        {
            var order = x.High.CompareTo(y.High);
            order = order != 0 ? order : x.Low.CompareTo(y.Low);
            return order != 0 ? order : x.Evidence.CompareTo(y.Evidence);
        }
    }
}

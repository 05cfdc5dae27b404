using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Dispatcher.Plans;

namespace Dispatcher.Tool.Plans;

/// <summary>
/// The comparison of two plans: which changes are only in one of them, and whose evidence differs. The same change may be in a plan several
/// times; the first of one is compared with the first of the other. Keeps hashes, and the texts of what differs.
/// </summary>
internal sealed class PlanComparison
{
    private readonly List<PlannedChange> _added = [];
    private readonly List<PlannedChange> _removed = [];
    private readonly List<(Change Was, Change Is)> _changed = [];

    private PlanComparison()
    {
    }

    /// <summary>Gets the changes that only the new plan holds.</summary>
    public IReadOnlyList<PlannedChange> Added => _added;

    /// <summary>Gets the changes that only the old plan holds.</summary>
    public IReadOnlyList<PlannedChange> Removed => _removed;

    /// <summary>Gets the changes that both hold, with different evidence.</summary>
    public IReadOnlyList<(Change Was, Change Is)> Changed => _changed;

    /// <summary>Gets how many changes are the same in both.</summary>
    public long Same { get; private set; }

    /// <summary>Compares two plans.</summary>
    /// <param name="before">The old plan.</param>
    /// <param name="after">The new plan.</param>
    /// <param name="includes">Selects changes.</param>
    /// <returns>The differences.</returns>
    public static PlanComparison Create(PlanFile before, PlanFile after, Predicate<Change> includes)
    {
        var comparison = new PlanComparison();
        var old = new Dictionary<UInt128, UInt128>();
        foreach (var (key, planned) in Number(before, includes))
        {
            old.Add(key, Hash(Evidence(planned.Change), string.Empty, 0));
        }

        var changed = new Dictionary<UInt128, Change>();
        foreach (var (key, planned) in Number(after, includes))
        {
            if (!old.Remove(key, out var evidence))
            {
                comparison._added.Add(planned);
            }
            else if (evidence == Hash(Evidence(planned.Change), string.Empty, 0))
            {
                comparison.Same++;
            }
            else
            {
                changed.Add(key, planned.Change);
            }
        }

        foreach (var (key, planned) in Number(before, includes))
        {
            if (old.ContainsKey(key))
            {
                comparison._removed.Add(planned);
            }
            else if (changed.TryGetValue(key, out var now))
            {
                comparison._changed.Add((planned.Change, now));
            }
        }

        return comparison;
    }

    /// <summary>Gets what decides whether a change is still the same: its evidence, or its reason if it has none.</summary>
    /// <param name="change">A change.</param>
    /// <returns>The text.</returns>
    public static string Evidence(Change change) => change.Evidence ?? change.Reason ?? string.Empty;

    /// <summary>Gives each change a key of its action, its target, and how many equal ones there were before it.</summary>
    private static IEnumerable<(UInt128 Key, PlannedChange Change)> Number(PlanFile plan, Predicate<Change> includes)
    {
        var occurrences = new Dictionary<UInt128, int>();
        foreach (var planned in plan.ReadChanges().Where(planned => includes(planned.Change)))
        {
            var first = Hash(planned.Change.Action, planned.Change.Target, 0);
            var occurrence = occurrences.GetValueOrDefault(first);
            occurrences[first] = occurrence + 1;
            yield return (occurrence == 0 ? first : Hash(planned.Change.Action, planned.Change.Target, occurrence), planned);
        }
    }

    private static UInt128 Hash(string first, string second, int occurrence) =>
        BinaryPrimitives.ReadUInt128LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{first}\0{second}\0{occurrence}")));
}

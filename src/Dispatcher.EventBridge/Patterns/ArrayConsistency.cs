namespace Dispatcher.EventBridge.Patterns;

/// <summary>
/// The rule that the fields of a pattern match within the same element of a list: no two of the chosen values may be inside of different
/// elements of one list. A field that has to be absent is absent if no value of it is inside of the chosen elements.
/// </summary>
internal sealed class ArrayConsistency
{
    // Only a path that leads through several lists, which needs names with dots in the event, makes the search branch. An event that is
    // made to let it branch without end does not match; any other one of 1 MB needs far less.
    private int _work = 10_000_000;

    private ArrayConsistency()
    {
    }

    /// <summary>Determines whether one value can be chosen for each field.</summary>
    public static bool CanHold(IReadOnlyList<FieldRequirement> fields)
    {
        // A field that may be absent and has values is taken as one that has to match first.
        List<FieldRequirement> either =
        [
            .. fields.Where(static field => field.Present is not null && field.Matching.Count > 0
                && field.Matching.All(static leaf => leaf.Places.Count > 0)),
        ];
        return new ArrayConsistency().TryEither(fields, either, 0, []);
    }

    private bool TryEither(
        IReadOnlyList<FieldRequirement> fields, List<FieldRequirement> either, int next, HashSet<FieldRequirement> absent)
    {
        if (next == either.Count)
        {
            return Choose(
                [.. fields.Where(field => !IsAbsent(field)).Select(static field => Cursors(field.Matching))],
                [.. fields.Where(IsAbsent).SelectMany(static field => Cursors(field.Present!))]);
        }

        if (_work <= 0 || TryEither(fields, either, next + 1, absent))
        {
            return _work > 0;
        }

        absent.Add(either[next]);
        var found = TryEither(fields, either, next + 1, absent);
        absent.Remove(either[next]);
        return found;

        bool IsAbsent(FieldRequirement field) => field.Present is not null && (field.Matching.Count == 0 || absent.Contains(field));
    }

    private static List<Cursor> Cursors(IReadOnlyList<EventLeaf> leaves) => [.. leaves.Select(static leaf => new Cursor(leaf, 0))];

    private bool Choose(IEnumerable<List<Cursor>> fields, List<Cursor> excluded)
    {
        // A value outside of all remaining lists conflicts with no other one.
        List<List<Cursor>> open = [.. fields.Where(static field => !field.Exists(static cursor => cursor.IsFree))];
        _work -= 1 + excluded.Count + open.Sum(static field => field.Count);
        if (_work <= 0 || open.Exists(static field => field.Count == 0) || excluded.Exists(static cursor => cursor.IsFree))
        {
            return false;
        }

        while (open.Count > 0)
        {
            var (group, lists) = TakeGroup(open);
            if (!ChooseElement(group, [.. excluded.Where(cursor => lists.Contains(cursor.List))]))
            {
                return false;
            }

            excluded = [.. excluded.Where(cursor => !lists.Contains(cursor.List))];
        }

        // What is left is inside of lists of which no element was chosen, and so it exists.
        return excluded.Count == 0;
    }

    /// <summary>Takes fields that depend on each other, because their values are inside of the same lists.</summary>
    private static (List<List<Cursor>> Fields, HashSet<int> Lists) TakeGroup(List<List<Cursor>> open)
    {
        List<List<Cursor>> group = [];
        HashSet<int> lists = [.. open[0].Select(static cursor => cursor.List)];
        for (var found = true; found;)
        {
            List<List<Cursor>> more = [.. open.Where(field => field.Exists(cursor => lists.Contains(cursor.List)))];
            group.AddRange(more);
            open.RemoveAll(more.Contains);
            lists.UnionWith(more.SelectMany(static field => field).Select(static cursor => cursor.List));
            found = more.Count > 0;
        }

        return (group, lists);
    }

    private bool ChooseElement(List<List<Cursor>> group, List<Cursor> excluded)
    {
        foreach (var list in group[0].Select(static cursor => cursor.List).Distinct())
        {
            List<ListSplit> splits = [.. group.Select(field => new ListSplit(field, list))];
            var split = new ListSplit(excluded, list);
            foreach (var element in splits[0].Elements)
            {
                // The first field is the one that the element is chosen for; the others may have values elsewhere.
                if (Choose(splits.Select((field, index) => field.At(element, withRest: index > 0)), split.At(element, withRest: true)))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>A value, and how many of the lists around it have been decided.</summary>
    private readonly record struct Cursor(EventLeaf Leaf, int Level)
    {
        public bool IsFree => Level == Leaf.Places.Count;

        public int List => Leaf.Places[Level].List;

        public int Element => Leaf.Places[Level].Element;
    }

    /// <summary>Values divided into those in each element of a list and those outside of it.</summary>
    private sealed class ListSplit
    {
        private readonly Dictionary<int, List<Cursor>> _inside;
        private readonly List<Cursor> _rest;

        public ListSplit(List<Cursor> values, int list)
        {
            _inside = values.Where(cursor => cursor.List == list).GroupBy(static cursor => cursor.Element).ToDictionary(
                static group => group.Key,
                static group => group.Select(static cursor => cursor with { Level = cursor.Level + 1 }).ToList());
            _rest = [.. values.Where(cursor => cursor.List != list)];
        }

        public IEnumerable<int> Elements => _inside.Keys;

        public List<Cursor> At(int element, bool withRest)
        {
            var chosen = _inside.GetValueOrDefault(element) ?? [];
            return withRest && _rest.Count > 0 ? [.. chosen, .. _rest] : chosen;
        }
    }
}

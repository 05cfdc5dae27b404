namespace Dispatcher.Jobs.Postgres.MaterializedViewRefresh;

/// <summary>The materialized views that select from other ones.</summary>
internal sealed class DependencyGraph
{
    private readonly Dictionary<long, HashSet<long>> _sources = [];
    private readonly Dictionary<long, HashSet<long>> _dependents = [];
    private readonly Dictionary<long, Dependent> _views = [];
    private readonly Dictionary<long, HashSet<long>> _reached = [];

    /// <summary>Adds a view that selects from another one.</summary>
    public void Add(Dependent view, long source)
    {
        _views[view.Id] = view;
        _sources[view.Id] = [.. _sources.GetValueOrDefault(view.Id) ?? [], source];
        _dependents[source] = [.. _dependents.GetValueOrDefault(source) ?? [], view.Id];
    }

    /// <summary>Finds all views that select from some, directly or indirectly, without these views themselves.</summary>
    public IReadOnlyList<Dependent> DependentsOf(IReadOnlyCollection<long> views) =>
        [.. Reach(_dependents, views).Except(views).Order().Select(id => _views[id])];

    /// <summary>Finds all views that one selects from, directly or indirectly.</summary>
    public IReadOnlySet<long> SourcesOf(long view)
    {
        if (!_reached.TryGetValue(view, out var sources))
        {
            _reached.Add(view, sources = Reach(_sources, [view]));
        }

        return sources;
    }

    /// <summary>Finds those of some views that one selects from with none of the others in between.</summary>
    public IReadOnlyList<long> NearestSourcesOf(long view, Func<long, bool> isAmong)
    {
        var sources = SourcesOf(view).Where(isAmong).ToList();
        return [.. sources.Except(sources.SelectMany(SourcesOf))];
    }

    private static HashSet<long> Reach(Dictionary<long, HashSet<long>> links, IEnumerable<long> starts)
    {
        var reached = new HashSet<long>();
        var open = new Stack<long>(starts);
        while (open.TryPop(out var view))
        {
            foreach (var next in links.GetValueOrDefault(view) ?? [])
            {
                if (reached.Add(next))
                {
                    open.Push(next);
                }
            }
        }

        return reached;
    }

    /// <summary>A view that selects from another one.</summary>
    /// <param name="Id">pg_class.oid.</param>
    /// <param name="Name">Schema and name.</param>
    /// <param name="IsPopulated">Whether it has contents, which can be stale.</param>
    /// <param name="Age">How many transactions ago it was last refreshed.</param>
    internal sealed record Dependent(long Id, ViewName Name, bool IsPopulated, long Age);
}

namespace Dispatcher.Jobs.Postgres.MaterializedViewRefresh;

/// <summary>Puts views in order: each after the ones that it selects from, and among those that are ready the stalest first.</summary>
internal static class RefreshOrder
{
    /// <summary>Orders views.</summary>
    /// <param name="views">The views, each once. Those that do not exist come first, so that they are reported even if the time does not suffice.</param>
    /// <param name="graph">Which selects from which.</param>
    /// <returns>The views in order, each with those before it that it selects from.</returns>
    public static IReadOnlyList<ScheduledView> Arrange(IReadOnlyList<ScheduledView> views, DependencyGraph graph)
    {
        var named = views.Where(view => view.Id != 0).ToDictionary(view => view.Id);
        var waiting = views.ToDictionary(view => view, view => graph.SourcesOf(view.Id).Where(named.ContainsKey).ToHashSet());
        var ordered = new List<ScheduledView>(views.Count);
        var ready = new PriorityQueue<ScheduledView, (bool, DateTime, long, int)>();
        var dependents = new Dictionary<long, List<ScheduledView>>();
        foreach (var (view, sources) in waiting)
        {
            foreach (var source in sources)
            {
                dependents.TryAdd(source, []);
                dependents[source].Add(view);
            }

            if (sources.Count == 0)
            {
                ready.Enqueue(view, Staleness(view));
            }
        }

        while (ready.TryDequeue(out var next, out _))
        {
            var nearest = graph.NearestSourcesOf(next.Id, named.ContainsKey).Select(id => named[id]).OrderBy(source => source.Position);
            ordered.Add(next with { After = [.. nearest.Select(source => source.Name)] });
            foreach (var dependent in dependents.GetValueOrDefault(next.Id) ?? [])
            {
                if (waiting[dependent].Remove(next.Id) && waiting[dependent].Count == 0)
                {
                    ready.Enqueue(dependent, Staleness(dependent));
                }
            }
        }

        return ordered;
    }

    /// <summary>A view that the log table does not have comes before all that it has; the age in transactions decides among equals.</summary>
    private static (bool IsFound, DateTime LastRefresh, long Freshness, int Position) Staleness(ScheduledView view) =>
        (view.Id != 0, view.Last?.At ?? DateTime.MinValue, -view.Age, view.Position);
}

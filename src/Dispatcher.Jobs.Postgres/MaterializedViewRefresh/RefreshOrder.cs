namespace Dispatcher.Jobs.Postgres.MaterializedViewRefresh;

/// <summary>The order of views: each after the ones that it selects from, and among those that are ready the stalest first.</summary>
internal static class RefreshOrder
{
    /// <summary>Orders views.</summary>
    /// <param name="views">
    /// The views, each once. Those that do not exist come first, so that they are reported even if time is short.
    /// </param>
    /// <param name="graph">Which selects from which.</param>
    /// <returns>The views in order, each with those before it that it selects from.</returns>
    public static IReadOnlyList<ScheduledView> Arrange(IReadOnlyList<ScheduledView> views, DependencyGraph graph)
    {
        var named = views.Where(view => view.Id != 0).ToDictionary(view => view.Id);
        var waiting = new SortedSet<ScheduledView>(views, Comparer<ScheduledView>.Create((a, b) => Staleness(a).CompareTo(Staleness(b))));
        var ordered = new List<ScheduledView>(views.Count);
        var done = new HashSet<long>();
        while (waiting.Count > 0)
        {
            // None is ready if a replaced function has closed a circle; then the stalest begins.
            var next = waiting.FirstOrDefault(
                view => graph.SourcesOf(view.Id).All(source => !named.ContainsKey(source) || done.Contains(source))) ?? waiting.Min!;
            var nearest = graph.NearestSourcesOf(next.Id, named.ContainsKey).Select(id => named[id]).OrderBy(source => source.Position);
            ordered.Add(next with { After = [.. nearest.Select(source => source.Name)] });
            waiting.Remove(next);
            done.Add(next.Id);
        }

        return ordered;
    }

    /// <summary>
    /// Compares a view that the log table does not have as staler than all that it has; the age in transactions decides among equals.
    /// </summary>
    private static (bool IsFound, DateTime LastRefresh, long Freshness, int Position) Staleness(ScheduledView view) =>
        (view.Id != 0, view.Last?.At ?? DateTime.MinValue, -view.Age, view.Position);
}

namespace Dispatcher.Jobs.Postgres.MaterializedViewRefresh;

/// <summary>A view of a run, in its place.</summary>
/// <param name="Name">The name as the parameter gave it; of a dependent view, schema and name.</param>
internal sealed record ScheduledView(ViewName Name)
{
    /// <summary>Gets pg_class.oid; 0 if there is no materialized view of that name.</summary>
    public long Id { get; init; }

    /// <summary>Gets the place in the parameter, from 0.</summary>
    public int Position { get; init; }

    /// <summary>Gets how many transactions ago the view was last refreshed, or changed in another way.</summary>
    public long Age { get; init; }

    /// <summary>Gets the last refresh that the log table has.</summary>
    public LastRefresh? Last { get; init; }

    /// <summary>Gets the views of the run that this one selects from, which come before it.</summary>
    public IReadOnlyList<ViewName> After { get; init; } = [];

    /// <summary>Gets why it cannot be refreshed, found before the first view is; <see langword="null"/> if nothing was found.</summary>
    public PermanentJobException? Refusal { get; init; }
}

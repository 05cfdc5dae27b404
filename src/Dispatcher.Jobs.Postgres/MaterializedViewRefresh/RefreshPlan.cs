using System.Globalization;
using Dispatcher.Changes;
using Dispatcher.Failures;

namespace Dispatcher.Jobs.Postgres.MaterializedViewRefresh;

/// <summary>Decides how a view is refreshed, from what the server knows about it; the same in a dry run as in a run.</summary>
/// <param name="View">The view's full name.</param>
/// <param name="Concurrently">Whether readers go on reading meanwhile.</param>
/// <param name="Why">Why this kind, and what is known about the view.</param>
internal sealed record RefreshPlan(string View, bool Concurrently, string Why)
{
    /// <summary>Gets what was seen of the view, for the audit trail.</summary>
    public string? Evidence { get; init; }

    /// <summary>Gets the statement.</summary>
    public string Sql => $"REFRESH MATERIALIZED VIEW {(Concurrently ? "CONCURRENTLY " : string.Empty)}{View}";

    /// <summary>Gets the kind in a word.</summary>
    public string Kind => Concurrently ? "concurrently" : "plainly";

    /// <summary>Gets the change to propose.</summary>
    public Change Change => new(Concurrently ? "postgres:REFRESH MATERIALIZED VIEW CONCURRENTLY" : "postgres:REFRESH MATERIALIZED VIEW", View)
    {
        Counter = "viewsRefreshed",
        Reason = Why,
        Evidence = Evidence,
    };

    /// <summary>Decides.</summary>
    /// <param name="name">The name that was asked for.</param>
    /// <param name="state">What there is under the name; nothing where there is nothing.</param>
    /// <param name="parameters">What the run may do.</param>
    /// <param name="lastRefresh">When it was last refreshed, where the log table knows.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="PermanentJobException">It cannot be refreshed; the message says what to do.</exception>
    public static RefreshPlan Create(ViewName name, ViewState? state, RefreshMaterializedViewParameters parameters, string? lastRefresh)
    {
        if (state is null)
        {
            throw new PermanentJobException(
                $"There is no materialized view {name} (42P01). Correct the parameter 'view', create the view, or name its schema: schema.name.");
        }

        if (state.Kind != "m")
        {
            throw new PermanentJobException(
                $"{state.FullName} is {state.KindInWords}, not a materialized view (42809). Correct the parameter 'view'.");
        }

        if (!state.MayRefresh)
        {
            throw new PermanentJobException(
                $"Only its owner may refresh {state.FullName}, and that is '{state.Owner}', not '{state.User}' (42501). "
                + $"Run GRANT \"{state.Owner}\" TO \"{state.User}\", or ALTER MATERIALIZED VIEW {state.FullName} OWNER TO \"{state.User}\".");
        }

        if (state.IsReadOnly)
        {
            throw new PermanentJobException(
                $"{state.FullName} cannot be refreshed here: the server is a read-only replica, or the role is read-only (25006). "
                + "Connect to the writer endpoint.");
        }

        var known = $"{Size(state.Bytes)}, last refresh {lastRefresh ?? "unknown"}";
        var plan = (parameters.Concurrently, state) switch
        {
            (false, _) => new RefreshPlan(state.FullName, false, $"'concurrently' is false, so readers wait meanwhile; {known}"),
            (_, { IsPopulated: false }) => new RefreshPlan(
                state.FullName, false, $"it has no contents yet, which only a plain refresh can fill; {known}"),
            (_, { HasUniqueIndex: true }) => new RefreshPlan(state.FullName, true, $"it has a usable unique index; {known}"),
            _ when parameters.AllowPlainRefresh => new RefreshPlan(
                state.FullName, false, $"it has no usable unique index and 'allowPlainRefresh' is true, so readers wait meanwhile; {known}"),
            _ => throw new PermanentJobException(
                $"{state.FullName} has no unique index that a concurrent refresh can use: on columns alone, over all rows (55000). "
                + $"Run CREATE UNIQUE INDEX CONCURRENTLY ON {state.FullName} (COLUMNS THAT IDENTIFY A ROW), "
                + "or set 'allowPlainRefresh', which blocks every reader meanwhile."),
        };
        return plan with
        {
            Evidence = $"populated={state.IsPopulated} uniqueIndex={state.HasUniqueIndex} bytes={state.Bytes} lastRefresh={lastRefresh ?? "unknown"}",
        };
    }

    private static string Size(long bytes) => bytes switch
    {
        < 1024 * 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:0} kB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0 / 1024.0:0.#} MB"),
    };
}

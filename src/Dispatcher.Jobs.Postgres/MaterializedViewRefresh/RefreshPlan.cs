using System.Globalization;
using Dispatcher.Postgres.Sql;
using Dispatcher.Text;

namespace Dispatcher.Jobs.Postgres.MaterializedViewRefresh;

/// <summary>The way in which a view is refreshed, decided from the server's catalogs; the same in a dry run as in a real run.</summary>
/// <param name="State">The view.</param>
/// <param name="Concurrently">Whether readers go on reading meanwhile.</param>
/// <param name="Why">The reason for this kind, and the facts about the view.</param>
internal sealed record RefreshPlan(ViewState State, bool Concurrently, string Why)
{
    /// <summary>Gets the view's full name.</summary>
    public string View => State.FullName;

    /// <summary>Gets the facts about the view for the audit trail.</summary>
    public string? Evidence { get; init; }

    /// <summary>Gets which figures are missing and how to get them; <see langword="null"/> if none is.</summary>
    public string? MissingFigures { get; init; }

    /// <summary>Gets the statement.</summary>
    public string Sql => $"REFRESH MATERIALIZED VIEW {(Concurrently ? "CONCURRENTLY " : string.Empty)}{State.Name.Quoted}";

    /// <summary>Gets the kind in a word.</summary>
    public string Kind => Concurrently ? "concurrently" : "plainly";

    /// <summary>Gets the change to propose.</summary>
    public Change Change =>
        new(Concurrently ? "postgres:REFRESH MATERIALIZED VIEW CONCURRENTLY" : "postgres:REFRESH MATERIALIZED VIEW", View)
    {
        Counter = "viewsRefreshed",
        Reason = MissingFigures is null ? Why : $"{Why}; {MissingFigures}",
        Evidence = Evidence,
    };

    /// <summary>Decides how to refresh a view.</summary>
    /// <param name="name">The requested name.</param>
    /// <param name="state">The view; <see langword="null"/> if nothing has the name.</param>
    /// <param name="parameters">The run's parameters.</param>
    /// <param name="lastRefresh">When it was last refreshed, if the log table has it.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="PermanentJobException">It cannot be refreshed; the message says what to do.</exception>
    public static RefreshPlan Create(ViewName name, ViewState? state, RefreshMaterializedViewParameters parameters, string? lastRefresh)
    {
        if (state is null)
        {
            throw new PermanentJobException(
                $"There is no materialized view {name.Shown} (42P01). Correct the parameter 'view', create the view, or name its schema: "
                    + "schema.name.");
        }

        if (state.Kind != "m")
        {
            throw new PermanentJobException(
                $"{state.FullName} is {state.KindInWords}, not a materialized view (42809). Correct the parameter 'view'.");
        }

        if (!state.Rights.MayRefresh)
        {
            throw new PermanentJobException(state.Rights.DescribeRefusal(state.FullName));
        }

        if (state.IsReadOnly)
        {
            throw new PermanentJobException(
                $"{state.FullName} cannot be refreshed here: the server is a read-only replica, or the role is read-only (25006). "
                + "Connect to the writer endpoint.");
        }

        var known = $"{Size(state.Bytes)}, last refresh {lastRefresh ?? "unknown"}";
        return Choose(state, parameters, known) with
        {
            Evidence = $"populated={state.IsPopulated} uniqueIndex={state.HasUniqueIndex} bytes={state.Bytes} "
                + $"lastRefresh={lastRefresh ?? "unknown"}",
            MissingFigures = state.MayRead || parameters.StatisticsQuery is not null ? null : DescribeMissing(state),
        };
    }

    /// <summary>Describes figures that the role may not read.</summary>
    public static string DescribeMissing(ViewState state) =>
        $"its figures are missing, because '{PrintableText.Escape(state.Rights.User)}' may not read it: "
        + $"GRANT SELECT ON {state.FullName} TO {SqlName.Quote(state.Rights.User)} gives them";

    private static RefreshPlan Choose(ViewState state, RefreshMaterializedViewParameters parameters, string known)
    {
        const string Meanwhile = "'allowPlainRefresh' is true, so readers wait meanwhile";
        return (parameters.Concurrently, state) switch
        {
            (false, _) => new RefreshPlan(state, false, $"'concurrently' is false, so readers wait meanwhile; {known}"),
            (_, { IsPopulated: false }) =>
                new RefreshPlan(state, false, $"it has no contents yet, which only a plain refresh can fill; {known}"),
            (_, { HasUniqueIndex: true, MayOwnerRead: true }) => new RefreshPlan(state, true, $"it has a usable unique index; {known}"),
            (_, { HasUniqueIndex: true }) when parameters.AllowPlainRefresh =>
                new RefreshPlan(state, false, $"its owner may not read it and {Meanwhile}; {known}"),
            (_, { HasUniqueIndex: true }) => throw new PermanentJobException(
                $"{state.FullName} cannot be refreshed concurrently, because its owner may not read it (42501). "
                + $"Run GRANT SELECT ON {state.FullName} TO {SqlName.Quote(state.Rights.Owner)}, or set 'allowPlainRefresh', which blocks "
                + "every reader meanwhile."),
            _ when parameters.AllowPlainRefresh => new RefreshPlan(state, false, $"it has no usable unique index and {Meanwhile}; {known}"),
            _ => throw new PermanentJobException(
                $"{state.FullName} has no unique index that a concurrent refresh can use: on columns alone, over all rows (55000). "
                + $"Run CREATE UNIQUE INDEX CONCURRENTLY ON {state.FullName} ({state.FirstColumn}), with the columns that identify a row "
                + $"if {state.FirstColumn} does not, or set 'allowPlainRefresh', which blocks every reader meanwhile."),
        };
    }

    private static string Size(long bytes) => bytes switch
    {
        < 1024 * 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:0} kB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0 / 1024.0:0.#} MB"),
    };
}

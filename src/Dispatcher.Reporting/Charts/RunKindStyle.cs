using Dispatcher.Reporting.Figures;

namespace Dispatcher.Reporting.Charts;

/// <summary>The style of a run kind.</summary>
internal static class RunKindStyle
{
    /// <summary>Gets the name that the style sheet knows a kind by.</summary>
    /// <param name="kind">The kind.</param>
    /// <returns><c>succeeded</c>, <c>dry-run</c>, …</returns>
    public static string CssClass(this RunKind kind) => kind.Name().Replace(' ', '-');
}

namespace Dispatcher.Ui.Pages;

/// <summary>The coloured line at the top of a page.</summary>
/// <param name="CssClass"><c>good</c>, <c>warn</c>, <c>bad</c> or <c>calm</c>.</param>
/// <param name="Symbol">One character, so that colour is never the only difference.</param>
/// <param name="Verdict">The beginning, in bold.</param>
/// <param name="Detail">The rest.</param>
internal sealed record PageVerdict(string CssClass, string Symbol, string Verdict, string Detail);

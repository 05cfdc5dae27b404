using Dispatcher.Plans;
using Dispatcher.Reporting.Html;
using Dispatcher.Text;
using Dispatcher.Ui.Pages;

namespace Dispatcher.Ui.Plans;

/// <summary>The facts about a plan.</summary>
internal static class PlanFacts
{
    /// <summary>Writes the facts.</summary>
    /// <param name="page">The output.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="when">Formats times.</param>
    public static void Write(MarkupWriter page, PlanFile plan, When when)
    {
        page.WriteConstant("<dl class=\"facts\">\n");
        foreach (var (name, value) in List(plan, when))
        {
            page.Write($"<div><dt>{name}</dt><dd><bdi>{value}</bdi></dd></div>");
            page.WriteConstant("\n");
        }

        page.WriteConstant("</dl>\n");
    }

    /// <summary>Writes how often each action is planned.</summary>
    /// <param name="page">The output.</param>
    /// <param name="plan">The plan.</param>
    public static void WriteTotals(MarkupWriter page, PlanFile plan)
    {
        page.WriteConstant("<table class=\"numbers\"><thead><tr><th scope=\"col\">Action</th><th scope=\"col\" class=\"n\">Times</th>"
            + "<th scope=\"col\" class=\"n\">Frees</th></tr></thead><tbody>");
        foreach (var (action, (count, bytes)) in plan.ReadChanges().AggregateBy(
            static planned => planned.Change.Action,
            (Count: 0L, Bytes: 0L),
            static (sum, planned) => (sum.Count + 1, sum.Bytes + planned.Change.Bytes)).OrderByDescending(static sum => sum.Value.Count))
        {
            page.Write($"""<tr><th scope="row"><code>{action}</code></th><td class="n">{Quantity.Number(count)}</td>""");
            page.Write($"""<td class="n">{(bytes == 0 ? "–" : Quantity.Bytes(bytes))}</td></tr>""");
        }

        page.WriteConstant("</tbody></table>\n");
    }

    private static IEnumerable<(string Name, string Value)> List(PlanFile plan, When when)
    {
        var header = plan.Header;
        yield return ("Job", header.Job);
        if (header.Parameters is { } parameters)
        {
            yield return ("Parameters", RedactedJson.Mask(parameters.GetRawText()));
        }

        yield return ("Planned", $"{when.Format(header.CreatedAt, "ddd d MMM yyyy, HH:mm:ss zzz")} ({when.Distance(header.CreatedAt)})");
        yield return ("Where", header.Origin.ToString());
        yield return (
            "Changes",
            $"{Quantity.Number(plan.Totals.Changes)}"
            + (plan.Totals.Bytes > 0 ? $", {Quantity.Bytes(plan.Totals.Bytes)} would be freed" : string.Empty));
        if (header.MaxChanges is { } most)
        {
            yield return ("Limit", $"{Quantity.Count(most, "change")} per run, when it was planned");
        }

        if (plan.Totals.ItemErrors > 0)
        {
            yield return ("Not examined", $"{Quantity.Count(plan.Totals.ItemErrors, "item")}, which would not be changed");
        }

        if (!plan.Totals.Complete)
        {
            yield return ("Incomplete", "the dry run stopped at its deadline: there may be more to change than the plan holds");
        }

        if (header.ExcerptOf is { } whole)
        {
            yield return ("Excerpt of", whole);
        }

        yield return ("Versions", $"dispatcher {Shorten(header.DispatcherVersion)}, job {Shorten(header.JobVersion)}");
        yield return ("Digest", plan.Totals.Digest);
    }

    /// <summary>Shortens the commit in a version.</summary>
    private static string Shorten(string version) =>
        version.IndexOf('+', StringComparison.Ordinal) is >= 0 and var plus && version.Length > plus + 9 ? version[..(plus + 9)] : version;
}

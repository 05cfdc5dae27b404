using Dispatcher.Hosting;
using Dispatcher.Reporting.Charts;
using Dispatcher.Reporting.Figures;
using Dispatcher.Reporting.Html;
using Dispatcher.Text;
using Dispatcher.Ui.Pages;

namespace Dispatcher.Ui.Status;

/// <summary>The newest runs of each job as a strip of bars, the newest on the right.</summary>
internal sealed class RecentRuns
{
    private const int Count = 20;

    private readonly Dictionary<string, List<RunRecord>> _runs = new(StringComparer.Ordinal);

    /// <summary>Reads the newest runs of all jobs.</summary>
    /// <param name="history">The history.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The runs.</returns>
    public static async Task<RecentRuns> ReadAsync(IRunHistory history, CancellationToken cancellationToken)
    {
        var recent = new RecentRuns();
        await foreach (var run in history.ListAsync(new RunQuery { NewestPerJob = Count }, cancellationToken))
        {
            if (!recent._runs.TryGetValue(run.Job, out var runs))
            {
                runs = recent._runs[run.Job] = [];
            }

            runs.Add(run);
        }

        return recent;
    }

    /// <summary>Writes the strip of a job.</summary>
    /// <param name="page">The output.</param>
    /// <param name="job">The job.</param>
    /// <param name="when">Formats times.</param>
    public void Write(MarkupWriter page, string job, When when)
    {
        var runs = _runs.GetValueOrDefault(job) ?? [];
        var kinds = runs.CountBy(RunKinds.For).OrderBy(static count => count.Key)
            .Select(static count => $"{count.Value} {count.Key.Name()}");
        var words = runs.Count == 0 ? "No runs" : $"The newest {Quantity.Count(runs.Count, "run")}: {string.Join(", ", kinds)}";
        page.Write($"""<span class="strip" role="img" aria-label="{words}">""");
        for (var missing = runs.Count; missing < Count; missing++)
        {
            page.WriteConstant("<i class=\"none\"></i>");
        }

        foreach (var run in Enumerable.Reverse(runs))
        {
            var kind = RunKinds.For(run);
            var hint = $"{when.Format(run.StartedAt)}: {kind.Name()}. {PrintableText.Truncate(run.Summary, 160)}";
            page.Write($"""<a class="{kind.CssClass()}" href="{Link.Run(run.RunId)}" title="{hint}" tabindex="-1"></a>""");
        }

        page.WriteConstant("</span>");
    }
}

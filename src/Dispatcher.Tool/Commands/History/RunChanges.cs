using Dispatcher.Tool.History;
using Dispatcher.Tool.Hosting;
using Dispatcher.Tool.Terminal;
using Spectre.Console;

namespace Dispatcher.Tool.Commands.History;

/// <summary>The changes of one run: from its audit trail, or the first ones from its record if the trail cannot be read here.</summary>
/// <param name="tool">The tool.</param>
/// <param name="run">The run.</param>
/// <param name="search">The audit trails.</param>
/// <param name="text">Formats times.</param>
internal sealed class RunChanges(ToolContext tool, RunRecord run, AuditSearch search, RunFormat text)
{
    /// <summary>Writes changes.</summary>
    /// <param name="page">Which ones.</param>
    /// <param name="asJson">Whether to write JSON: all of the page, or all changes if the page has no limit.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public async Task WriteAsync(ChangePage page, bool asJson, CancellationToken cancellationToken)
    {
        if (run.DryRun || await search.FindFileAsync(run.RunId, run.Job, cancellationToken) is not { } file)
        {
            WriteRecorded(page, asJson);
            return;
        }

        var wanted = AuditSearch.ReadAsync(file, cancellationToken).Where(page.Filter.Includes).Skip(page.Skip);
        if (asJson)
        {
            await using var json = new ChangeJson(tool.Terminal);
            await foreach (var change in wanted.Take(page.Limit ?? int.MaxValue).WithCancellation(cancellationToken))
            {
                await json.WriteAsync(change);
            }

            return;
        }

        var (shown, limit, view) = (0, page.Limit ?? ChangePage.DefaultLimit, new ChangeView(tool.Terminal.Out, text));
        await foreach (var change in wanted.WithCancellation(cancellationToken))
        {
            if (shown == limit)
            {
                WriteNextPage(page, limit);
                return;
            }

            shown++;
            view.Write(change, withRun: false);
        }

        tool.Terminal.Out.WriteLine(
            Printable.Text(shown == 0 ? $"No change matches. Read {file.Location}." : $"No more changes. From {file.Location}."));
    }

    /// <summary>A record has no time, no evidence and no outcome of a change: what is there is shown, and why it is not more.</summary>
    private void WriteRecorded(ChangePage page, bool asJson)
    {
        if (asJson)
        {
            throw new CommandFailedException(run.DryRun
                ? $"Run {run.RunId} was a dry run, so it has no audit trail. 'show --json' has its planned changes."
                : $"The audit trail of run {run.RunId} was not found in {search.Locations}. 'show --json' has its first changes.");
        }

        var items = run.Changes.Items.Where(item => page.Filter.IncludesAction(item.Action))
            .Skip(page.Skip).Take(page.Limit ?? ChangePage.DefaultLimit).ToList();
        tool.Terminal.WriteNote(
            run.DryRun ? "A dry run has no audit trail. These are the planned changes in its record:"
                : $"The audit trail was not found in {search.Locations}. These are changes in the record, whatever their outcome:");
        ItemList.Write(
            tool.Terminal.Out,
            $"{Printable.Number(items.Count)} of {Printable.Count(run.Changes.Proposed, "change")}",
            items.Select(static item => ($"{item.Action} {item.Target}", item.Reason ?? string.Empty)));
    }

    private void WriteNextPage(ChangePage page, int limit)
    {
        tool.Terminal.Out.WriteLine();
        tool.Terminal.Out.WriteLine("There are more changes:");
        CopyLine.Write(tool.Terminal.Out, $"{tool.Name} show {run.RunId} --changes{page.Filter.ToOptions()} --skip {page.Skip + limit}"
            + (page.Limit is null ? string.Empty : $" --limit {limit}"));
    }
}

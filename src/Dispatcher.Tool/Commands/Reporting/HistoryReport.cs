using System.Text;
using Dispatcher.Hosting;
using Dispatcher.Reporting.Figures;
using Dispatcher.Reporting.Page;
using Dispatcher.Tool.Commands.Status;
using Dispatcher.Tool.Hosting;
using Dispatcher.Tool.Terminal;
using Spectre.Console;

namespace Dispatcher.Tool.Commands.Reporting;

/// <summary>A report on the history: an HTML page, or a summary for the tool.Terminal.</summary>
/// <param name="tool">The tool.</param>
/// <param name="history">What to read.</param>
/// <param name="jobs">The jobs, to find a misspelt one.</param>
/// <param name="time">The clock, which determines the end of the period.</param>
/// <param name="status">The source of the board that the report begins with.</param>
internal sealed class HistoryReport(ToolContext tool, IRunHistory history, JobRegistry jobs, TimeProvider time, StatusSource status)
{
    private const string StandardOutput = "-";

    /// <summary>Creates the report.</summary>
    /// <param name="since">The start of the period in the format of <c>--since</c>.</param>
    /// <param name="request">Which one.</param>
    /// <param name="cancellationToken">Cancels the command.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="BadInputException">The time, the job or the file is invalid.</exception>
    /// <exception cref="CommandFailedException">The file could not be written.</exception>
    public async Task<int> RunAsync(string since, ReportRequest request, CancellationToken cancellationToken)
    {
        var file = request.Html is null or StandardOutput ? null : ReportFile.At(request.Html);
        var timeline = Timeline.Create(PeriodBegin(since), time.GetUtcNow(), request.Zone);
        var activity = await Activity.ReadAsync(history, request.Job, timeline, cancellationToken);
        tool.Terminal.WriteOmissions(history);
        if (request.Job is { } job && activity.All.Total.Runs == 0 && !jobs.TryFind(job, out _))
        {
            // Only now: the history may hold runs of a job that is not registered any more.
            throw new BadInputException(jobs.DescribeMissing(job));
        }

        var board = await status.ReadAsync(request.Job, cancellationToken);
        var view = new ReportContent(activity, request.Prices, history.Location, request.Job) { Tool = tool.Name, Board = board };
        if (file is not null)
        {
            var written = file.Write(output => ReportPage.Write(output, view));
            tool.Terminal.Out.WriteLine(
                Printable.Text($"Wrote {written.FullName} ({Printable.Bytes(written.Length)}): {WhatWasRead(view)}"));
        }
        else if (request.Html == StandardOutput)
        {
            WriteToStandardOutput(view);
            tool.Terminal.WriteNote(WhatWasRead(view));
        }
        else
        {
            ReportSummary.Write(tool.Terminal.Out, view);
            tool.Terminal.WriteNote(WhatWasRead(view));
        }

        return ExitCode.Done;
    }

    private DateTimeOffset PeriodBegin(string since)
    {
        var now = time.GetUtcNow();
        return SinceOption.Read(since, now) is { } begin && begin >= DateTimeOffset.UnixEpoch && begin < now
            ? begin
            : throw new BadInputException($"'--since {since}' is not between 1970 and now. Choose another time, such as 30d.");
    }

    private static string WhatWasRead(ReportContent view)
    {
        var activity = view.Activity;
        return activity.All.Total.Runs == 0
            ? $"No runs since {activity.Timeline.Format(activity.Timeline.From)} in {view.Location}."
            : $"{Printable.Count(activity.All.Total.Runs, "run")} of {Printable.Count(activity.Jobs.Count, "job")} "
              + $"since {activity.Timeline.Format(activity.Timeline.From)}, from {view.Location}.";
    }

    private void WriteToStandardOutput(ReportContent view)
    {
        using var output = new StreamWriter(
            tool.Terminal.RawOutput, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
        ReportPage.Write(output, view);
    }
}

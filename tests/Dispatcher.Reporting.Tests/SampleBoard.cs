using Dispatcher.Reporting.Status;

namespace Dispatcher.Reporting.Tests;

/// <summary>The board of sample runs, judged by their rhythm.</summary>
internal static class SampleBoard
{
    public static Task<StatusBoard> ReadAsync(IReadOnlyList<RunRecord> runs, StatusRequest? request = null) =>
        new StatusReader(new ListedHistory([.. runs])).ReadAsync(request ?? new StatusRequest(), SampleRun.Now);
}

using Dispatcher.Aws.Audit;
using Dispatcher.Tool.History;

namespace Dispatcher.Tool.Commands.History;

/// <summary>The places where there is more about a run: its audit trail and its log.</summary>
internal static class RunPlaces
{
    /// <summary>Describes where the audit trail is.</summary>
    /// <param name="record">The run.</param>
    /// <param name="search">The trails of this machine and of the bucket.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    /// <returns>A path, the address of an object, or why there is none.</returns>
    public static async Task<string> DescribeTrailAsync(RunRecord record, AuditSearch search, CancellationToken cancellationToken)
    {
        if (record.DryRun || record.Changes.Proposed == 0)
        {
            return record.DryRun ? "none: a dry run changes nothing" : "none: the run changed nothing";
        }

        return (await search.FindFileAsync(record.RunId, record.Job, cancellationToken))?.Location
            ?? (record.Log is null ? $"not found in {search.Locations}"
                : string.IsNullOrWhiteSpace(Environment.GetEnvironmentVariable(AuditBucketSettings.NameKey))
                    ? "in the log; if the function keeps trails in S3, set AUDIT_BUCKET to the bucket"
                    : $"in the log; not found in {search.Locations}");
    }

    /// <summary>Creates the address of the run's log in the console, which shows the lines with the run's id.</summary>
    /// <param name="log">The place of the log.</param>
    /// <param name="runId">The run.</param>
    /// <returns>The address.</returns>
    public static string Link(RunLog log, string runId) =>
        $"https://console.aws.amazon.com/cloudwatch/home?region={log.Region}#logsV2:log-groups/log-group/{Encode(log.Group)}"
        + $"/log-events/{Encode(log.Stream)}$3FfilterPattern$3D{Encode($"\"{runId}\"")}";

    /// <summary>The console encodes names twice as in a URL, with '$' for '%'.</summary>
    private static string Encode(string name) => Uri.EscapeDataString(Uri.EscapeDataString(name)).Replace('%', '$');
}

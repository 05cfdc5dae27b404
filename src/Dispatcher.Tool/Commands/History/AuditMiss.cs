using System.Text.Json;
using Dispatcher.Aws.Audit;
using Dispatcher.Hosting;
using Dispatcher.Text;
using Dispatcher.Tool.History;
using Dispatcher.Tool.Hosting;
using Dispatcher.Tool.Terminal;

namespace Dispatcher.Tool.Commands.History;

/// <summary>The answer of <c>audit</c> if nothing was found: what was searched, and where else the change may be.</summary>
internal static class AuditMiss
{
    /// <summary>Writes the answer.</summary>
    /// <param name="tool">The tool.</param>
    /// <param name="search">The search.</param>
    /// <param name="query">Which runs were searched.</param>
    /// <param name="target">The target; <see langword="null"/> for any.</param>
    public static void Write(ToolContext tool, AuditSearch search, AuditQuery query, TargetPattern? target)
    {
        string[] filters =
        [
            .. target is not null ? [$"of '{target.Text}'"] : Array.Empty<string>(),
            .. query.RunId is { Length: > 0 } runId ? [$"of run '{runId}'"] : Array.Empty<string>(),
            .. query.Job is { } job ? [$"of job '{job}'"] : Array.Empty<string>(),
            .. query.Since is { } since ? [$"since {since:yyyy-MM-dd HH:mm zzz}"] : Array.Empty<string>(),
        ];
        tool.Terminal.WriteError($"No change {string.Join(' ', filters)} was found. "
            + $"Searched {Printable.Count(search.Files, "audit trail")} in {search.Locations}.");
        if (target is not null)
        {
            tool.Terminal.WriteNote(
                "A target begins with s3://NAME/ or the like. Without that, its end is compared, from a / on; * stands for any "
                + "characters.");
        }

        if (string.IsNullOrWhiteSpace(Environment.GetEnvironmentVariable(AuditBucketSettings.NameKey)))
        {
            tool.Terminal.WriteNote("The function's trails are in S3: set AUDIT_BUCKET to the bucket. Without a bucket they are in its "
                + "log. This finds them in CloudWatch Logs Insights:");
            CopyLine.Write(tool.Terminal.Error, Filter(query, target));
        }
    }

    private static string Filter(AuditQuery query, TargetPattern? target)
    {
        var conditions = new List<string> { "type = \"audit\"" };
        if (target is { HasScheme: true, Parts.Count: 1 })
        {
            conditions.Add($"target = {Quote(target.Text)}");
        }
        else
        {
            // Finds more than the pattern means, but never less.
            conditions.AddRange(
                (target?.Parts ?? []).Where(static part => part.Length > 0).Select(static part => $"target like {Quote(part)}"));
        }

        if (query.RunId is { Length: > 0 } runId)
        {
            conditions.Add($"runId like {Quote(runId)}");
        }

        return $"filter {string.Join(" and ", conditions)}";
    }

    private static string Quote(string text) => $"\"{JsonEncodedText.Encode(text, PrintableJsonEncoder.Instance)}\"";
}

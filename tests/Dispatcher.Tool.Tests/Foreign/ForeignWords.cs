using System.Text.RegularExpressions;

namespace Dispatcher.Tool.Tests.Foreign;

/// <summary>The words that belong to the jobs and the tool of this repository, and that a consumer must not read.</summary>
internal static partial class ForeignWords
{
    public static void AssertNone(string text) =>
        Assert.That(Words().Matches(text).Select(match => match.Value), Is.Empty, text);

    [GeneratedRegex(
        @"\bdispatch\b|celery|uptime|ecs-run-task|http-trigger|HttpTrigger|backfill|materialized|job_progress|UploadSession|uploads-local"
        + @"|video|cleanup|quarantine|orphan|(?-i:\bTABLE_NAME\b|\bBUCKET\b|BATCH_SIZE)|MaintenanceJobs|maintenance-dispatcher",
        RegexOptions.IgnoreCase)]
    public static partial Regex Words();
}

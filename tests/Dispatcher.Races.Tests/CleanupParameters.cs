namespace Dispatcher.Races.Tests;

/// <summary>The parameters of a mode.</summary>
internal static class CleanupParameters
{
    public static readonly TimeSpan Quarantine = TimeSpan.FromDays(7);

    /// <summary>Writes them as JSON, with one request at a time, so that the same seed leads to the same requests.</summary>
    public static string For(CleanupMode mode, string orphans = "delete")
    {
        var handling = mode == CleanupMode.Delete
            ? $"\"orphans\":\"{orphans}\""
            : $"\"orphans\":\"quarantine\",\"expiredObjects\":\"quarantine\",\"quarantineDays\":{Quarantine.Days}";
        return $$"""{"concurrency":1,"finishedTag":"finished","maxOrphanedPercent":100,{{handling}}}""";
    }
}

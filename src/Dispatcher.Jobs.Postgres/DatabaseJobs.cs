namespace Dispatcher.Jobs.Postgres;

/// <summary>What the deployments of the jobs have in common.</summary>
internal static class DatabaseJobs
{
    /// <summary>The heading of their parameters.</summary>
    public const string Label = "Jobs daily-uptime and refresh-materialized-view";
}

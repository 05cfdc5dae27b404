namespace Dispatcher.Jobs.Postgres;

/// <summary>What the deployments of the jobs have in common.</summary>
internal static class DatabaseJobs
{
    /// <summary>The heading of their parameters.</summary>
    public const string Label = "Jobs daily-uptime and refresh-materialized-view";

    /// <summary>Names a database for runs that must not overlap in it.</summary>
    /// <param name="connection">The name of its connection; <see langword="null"/> for <c>DATABASE_URL</c>.</param>
    public static string OverlapKey(string? connection) => $"database {connection ?? "DATABASE_URL"}";
}

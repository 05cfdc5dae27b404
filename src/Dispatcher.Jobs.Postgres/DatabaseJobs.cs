namespace Dispatcher.Jobs.Postgres;

/// <summary>What the deployments of the jobs have in common.</summary>
internal static class DatabaseJobs
{
    /// <summary>The heading of their parameters.</summary>
    public const string Label = "Jobs daily-uptime and refresh-materialized-view";

    /// <summary>The description of the parameter 'role'.</summary>
    public const string RoleDescription =
        "The role to work as (SET ROLE), of which the connection's user is a member. The exact name, as in pg_roles. The user's own "
        + "rights if it is omitted.";

    /// <summary>The pattern of the parameter 'role'. SET ROLE NONE would go back to the user's own rights.</summary>
    public const string RolePattern = @"^(?!none$)[^\u0000-\u001f\u007f]{1,63}$";

    /// <summary>The message for another value of the parameter 'role'.</summary>
    public const string RoleMessage = "it must be the name of a role, of at most 63 characters, and not 'none'.";

    /// <summary>Names a database for runs that must not overlap in it.</summary>
    /// <param name="connection">The name of its connection; <see langword="null"/> for <c>DATABASE_URL</c>.</param>
    public static string OverlapKey(string? connection) => $"database {connection ?? "DATABASE_URL"}";
}

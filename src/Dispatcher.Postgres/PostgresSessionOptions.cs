namespace Dispatcher.Postgres;

/// <summary>Options for a transaction.</summary>
public sealed record PostgresSessionOptions
{
    /// <summary>Gets the name of the connection: <c>scanner</c> is configured as <c>DATABASE_URL_SCANNER</c>.</summary>
    /// <value>The default value is <see langword="null"/>: <c>DATABASE_URL</c>, else the <c>RDS_…</c> variables.</value>
    public string? Connection { get; init; }

    /// <summary>Gets how long a statement waits for a lock that another session holds.</summary>
    /// <value>The default value is <see langword="null"/>: as the server is configured.</value>
    public TimeSpan? LockTimeout { get; init; }

    /// <summary>Gets the time zone of the transaction, for example <c>UTC</c>.</summary>
    /// <value>The default value is <see langword="null"/>: as server, database and role are configured.</value>
    public string? TimeZone { get; init; }

    /// <summary>Gets the role that the transaction uses: its rights instead of those of the connection's user.</summary>
    /// <remarks>
    /// The user has to be a member of the role. The exact name, as in <c>pg_roles</c>. Settings of the role (<c>ALTER ROLE … SET</c>) do
    /// not apply.
    /// </remarks>
    /// <value>The default value is <see langword="null"/>: the user's own.</value>
    public string? Role { get; init; }

    /// <summary>Gets a value indicating whether the server refuses every change. A dry run is always read-only.</summary>
    /// <value>The default value is <see langword="false"/>.</value>
    public bool ReadOnly { get; init; }

    /// <summary>
    /// Gets a value indicating whether the server is asked what became of the transaction if the answer to COMMIT was lost. It costs one
    /// more query before each COMMIT.
    /// </summary>
    /// <value>The default value is <see langword="false"/>: a lost answer leaves the outcome unknown.</value>
    public bool ResolveLostCommit { get; init; }
}

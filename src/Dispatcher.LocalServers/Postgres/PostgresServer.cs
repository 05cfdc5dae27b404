using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Serialization;
using Dispatcher.LocalServers.Supervision;

namespace Dispatcher.LocalServers.Postgres;

/// <summary>A running PostgreSQL server with a cluster that was created for it.</summary>
/// <param name="Pid">The server's process id.</param>
/// <param name="Started">When the process started, in the operating system's own units.</param>
/// <param name="Port">The server's port on loopback.</param>
/// <param name="Directory">The directory of the cluster.</param>
/// <param name="Password">The superuser's password, for this cluster only.</param>
public sealed record PostgresServer(int Pid, string Started, int Port, string Directory, string Password)
    : RunningServer(Pid, Started, Port)
{
    /// <summary>The role that owns everything in the cluster.</summary>
    public const string SuperUser = "postgres";

    /// <inheritdoc />
    [JsonIgnore]
    public override string Address => $"127.0.0.1:{Port}";

    /// <inheritdoc />
    internal override bool IsComplete => base.IsComplete && this is { Directory: not null, Password: not null };

    /// <summary>Returns the URL of a database, as <c>DATABASE_URL</c> holds it.</summary>
    /// <param name="database">The database.</param>
    /// <param name="user">The user.</param>
    /// <param name="password">The user's password; the superuser's by default.</param>
    /// <returns>The URL.</returns>
    public string Url(string database = "postgres", string user = SuperUser, string? password = null) =>
        $"postgres://{Uri.EscapeDataString(user)}:{Uri.EscapeDataString(password ?? Password)}@{Address}/{Uri.EscapeDataString(database)}";

    /// <summary>Writes a file into the cluster's directory that only the server's user can read.</summary>
    /// <param name="name">The file's name.</param>
    /// <param name="text">What it contains.</param>
    /// <returns>The file's path.</returns>
    public async Task<string> WriteFileAsync(string name, string text)
    {
        var path = Path.Combine(Directory, name);
        await File.WriteAllTextAsync(path, text);
        await PostgresUser.TakeAsync(path, CancellationToken.None);
        return path;
    }

    /// <inheritdoc />
    protected override void RequestStop(Process process)
    {
        // SIGINT is PostgreSQL's fast shutdown: it ends sessions and closes files. .NET itself can send SIGKILL only.
        using var kill = Process.Start("kill", ["-INT", process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }
}

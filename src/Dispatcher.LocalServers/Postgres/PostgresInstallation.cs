namespace Dispatcher.LocalServers.Postgres;

/// <summary>Is the PostgreSQL of this machine, of which the tool starts clusters of its own.</summary>
/// <param name="Programs">The directory with <c>initdb</c> and <c>pg_ctl</c>.</param>
internal sealed record PostgresInstallation(string Programs)
{
    /// <summary>The user that Debian's package makes. PostgreSQL refuses to run as root, so root runs it as this one.</summary>
    public const string UnprivilegedUser = "postgres";

    /// <summary>What to do where it is missing.</summary>
    public const string Remedy = "Install it (Debian, Ubuntu: apt-get install postgresql; macOS: brew install postgresql), and try again.";

    /// <summary>Gets a value indicating whether the programs have to be run as another user.</summary>
    public static bool ChangesUser => Environment.IsPrivilegedProcess && !OperatingSystem.IsWindows();

    /// <summary>Finds the newest installation.</summary>
    /// <returns>The installation, or <see langword="null"/> where there is none that can be used.</returns>
    public static PostgresInstallation? Find()
    {
        if (OperatingSystem.IsWindows() || (ChangesUser && !HasUnprivilegedUser()))
        {
            return null;
        }

        const string Debian = "/usr/lib/postgresql";
        var versions = Directory.Exists(Debian)
            ? Directory.GetDirectories(Debian).OrderByDescending(Version).Select(version => Path.Combine(version, "bin"))
            : [];
        var path = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return path.Concat(versions).FirstOrDefault(HasPrograms) is { } programs ? new PostgresInstallation(programs) : null;
    }

    private static bool HasPrograms(string directory) =>
        File.Exists(Path.Combine(directory, "initdb")) && File.Exists(Path.Combine(directory, "pg_ctl")) && File.Exists(Path.Combine(directory, "postgres"));

    private static bool HasUnprivilegedUser() =>
        File.Exists("/etc/passwd") && File.ReadLines("/etc/passwd").Any(line => line.StartsWith($"{UnprivilegedUser}:", StringComparison.Ordinal));

    private static int Version(string directory) => int.TryParse(Path.GetFileName(directory), out var version) ? version : 0;
}

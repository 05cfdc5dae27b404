namespace Dispatcher.IntegrationTests.Postgres.Servers;

/// <summary>Finds the PostgreSQL programs of this machine.</summary>
internal static class PostgresInstallation
{
    /// <summary>Finds the directory of the newest installation.</summary>
    /// <exception cref="InvalidOperationException">There is none; the message says what to install.</exception>
    public static string FindPrograms()
    {
        var debian = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").OrderByDescending(Version).Select(version => Path.Combine(version, "bin"))
            : [];
        var path = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator);
        return debian.Concat(path).FirstOrDefault(directory => File.Exists(Path.Combine(directory, "initdb")))
               ?? throw new InvalidOperationException(
                   "PostgreSQL is not installed: there is no initdb under /usr/lib/postgresql or on the PATH. "
                   + "Debian, Ubuntu: apt-get install postgresql. macOS: brew install postgresql.");

        static int Version(string directory) => int.TryParse(Path.GetFileName(directory), out var version) ? version : 0;
    }
}

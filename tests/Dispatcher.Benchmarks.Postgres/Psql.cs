using System.Diagnostics;
using Dispatcher.LocalServers.Postgres;

namespace Dispatcher.Benchmarks.Postgres;

/// <summary>Runs psql against a database of the private server.</summary>
internal sealed class Psql(PostgresInstallation installation, PostgresServer server)
{
    /// <summary>Returns the path of psql: beside the server's programs, or in a folder of Debian's packages.</summary>
    private static string Program(PostgresInstallation installation) =>
        new[] { installation.Programs }.Concat(Directory.GetDirectories("/usr/lib/postgresql").Select(static folder => $"{folder}/bin"))
            .Select(static folder => Path.Combine(folder, "psql")).FirstOrDefault(File.Exists) ?? "psql";

    public async Task<string> RunAsync(string database, params string[] arguments)
    {
        var start = new ProcessStartInfo(
            Program(installation), ["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", database, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PGHOST"] = "127.0.0.1";
        start.Environment["PGPORT"] = $"{server.Port}";
        start.Environment["PGUSER"] = PostgresServer.SuperUser;
        start.Environment["PGPASSWORD"] = server.Password;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output.Trim() : throw new InvalidOperationException(await errors);
    }

    /// <summary>Makes a database anew.</summary>
    public async Task RecreateAsync(string database, string? template = null)
    {
        await RunAsync("postgres", "-c", $"DROP DATABASE IF EXISTS {database}");
        await RunAsync("postgres", "-c", $"CREATE DATABASE {database}{(template is null ? string.Empty : $" TEMPLATE {template}")}");
    }
}

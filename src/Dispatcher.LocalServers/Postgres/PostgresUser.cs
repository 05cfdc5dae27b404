using Dispatcher.LocalServers.Supervision;

namespace Dispatcher.LocalServers.Postgres;

/// <summary>
/// The user that PostgreSQL runs as: this one, or, because PostgreSQL refuses to run as root, the one that Debian's package creates.
/// </summary>
internal static class PostgresUser
{
    private const string Unprivileged = "postgres";
    private const string Users = "/etc/passwd";

    private static bool IsAnother => Environment.IsPrivilegedProcess && !OperatingSystem.IsWindows();

    /// <summary>Gets a value indicating whether the user exists.</summary>
    public static bool Exists => !IsAnother || (File.Exists(Users) && File.ReadLines(Users).Any(IsUnprivileged));

    /// <summary>Determines whether the user can enter a directory.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="cancellationToken">Cancels the check.</param>
    /// <returns>Whether it can.</returns>
    public static async Task<bool> CanEnterAsync(string directory, CancellationToken cancellationToken) =>
        (await RunAsync("test", ["-x", directory], cancellationToken)).ExitCode == 0;

    /// <summary>Makes a file or a directory with all its content the user's own, closed to others.</summary>
    /// <param name="path">The file or directory.</param>
    /// <param name="cancellationToken">Cancels the change.</param>
    /// <returns>A task that ends when it is done.</returns>
    public static async Task TakeAsync(string path, CancellationToken cancellationToken)
    {
        await RequireAsync(RunAsThisUserAsync("chmod", ["-R", "go=", path], cancellationToken));
        if (IsAnother)
        {
            await RequireAsync(RunAsThisUserAsync("chown", ["-R", Unprivileged, path], cancellationToken));
        }
    }

    /// <summary>Runs a program as the user.</summary>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="cancellationToken">Ends the program.</param>
    /// <returns>Its exit code and what it wrote.</returns>
    public static Task<(int ExitCode, string Output)> RunAsync(
        string program, IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        IsAnother
            ? RunAsThisUserAsync("runuser", ["-u", Unprivileged, "--", program, .. arguments], cancellationToken)
            : RunAsThisUserAsync(program, arguments, cancellationToken);

    /// <summary>Throws unless a program succeeded.</summary>
    /// <param name="program">The program.</param>
    /// <returns>A task that ends with the program.</returns>
    /// <exception cref="LocalServerException">The program failed.</exception>
    public static async Task RequireAsync(Task<(int ExitCode, string Output)> program)
    {
        var (exitCode, output) = await program;
        if (exitCode != 0)
        {
            throw new LocalServerException($"PostgreSQL's cluster could not be created: {output}");
        }
    }

    private static bool IsUnprivileged(string line) => line.StartsWith($"{Unprivileged}:", StringComparison.Ordinal);

    // The other user may not be allowed to enter the current directory.
    private static Task<(int ExitCode, string Output)> RunAsThisUserAsync(
        string program, IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        LocalProgram.RunAsync(program, arguments, Path.GetTempPath(), cancellationToken);
}

using Dispatcher.LocalServers.Supervision;

namespace Dispatcher.LocalServers.Postgres;

/// <summary>Runs a program to its end, as the user that may run PostgreSQL.</summary>
internal static class PostgresProgram
{
    /// <summary>Runs a program as the user that PostgreSQL runs as.</summary>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="cancellationToken">Fires when the person gives up; the program is then ended.</param>
    /// <returns>Its exit code and what it wrote.</returns>
    public static Task<(int ExitCode, string Output)> RunUnprivilegedAsync(
        string program, IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        PostgresInstallation.ChangesUser
            ? RunAsync("runuser", ["-u", PostgresInstallation.UnprivilegedUser, "--", program, .. arguments], cancellationToken)
            : RunAsync(program, arguments, cancellationToken);

    /// <summary>Runs a program as this user.</summary>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="cancellationToken">Fires when the person gives up; the program is then ended.</param>
    /// <returns>Its exit code and what it wrote.</returns>
    public static Task<(int ExitCode, string Output)> RunAsync(
        string program, IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        // The current directory may be one that the other user cannot enter.
        OutsideProgram.RunAsync(program, arguments, Path.GetTempPath(), cancellationToken);
}

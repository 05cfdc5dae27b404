using System.ComponentModel;
using CliWrap;
using CliWrap.Buffered;

namespace Dispatcher.LocalServers.Supervision;

/// <summary>Programs of this machine that run to their end without input.</summary>
internal static class LocalProgram
{
    /// <summary>Runs a program.</summary>
    /// <param name="program">The program, by its path or on PATH.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="directory">The directory in which it runs.</param>
    /// <param name="cancellationToken">Ends the program.</param>
    /// <returns>Its exit code and what it wrote; -1 and the reason if it cannot be started.</returns>
    public static async Task<(int ExitCode, string Output)> RunAsync(
        string program, IReadOnlyList<string> arguments, string directory, CancellationToken cancellationToken)
    {
        try
        {
            var result = await CliWrap.Cli.Wrap(program)
                .WithArguments(arguments)
                .WithWorkingDirectory(directory)
                .WithValidation(CommandResultValidation.None)
                .ExecuteBufferedAsync(cancellationToken);
            return (result.ExitCode, $"{result.StandardOutput}{result.StandardError}".Trim());
        }
        catch (Win32Exception exception)
        {
            return (-1, exception.Message);
        }
    }
}

using System.ComponentModel;
using System.Diagnostics;

namespace Dispatcher.LocalServers.Supervision;

/// <summary>Runs a program of the machine to its end, and takes what it wrote.</summary>
internal static class OutsideProgram
{
    /// <summary>Runs a program without input.</summary>
    /// <param name="program">The program, by its path or on PATH.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="directory">Where it runs.</param>
    /// <param name="cancellationToken">Fires when the person gives up; the program is then ended.</param>
    /// <returns>Its exit code and what it wrote; -1 and the reason where it cannot be started.</returns>
    public static async Task<(int ExitCode, string Output)> RunAsync(
        string program, IReadOnlyList<string> arguments, string directory, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = directory,
        };
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (Win32Exception exception)
        {
            return (-1, exception.Message);
        }

        using (process)
        {
            try
            {
                process.StandardInput.Close();
                var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
                var error = process.StandardError.ReadToEndAsync(cancellationToken);
                await process.WaitForExitAsync(cancellationToken);
                return (process.ExitCode, $"{await output}{await error}".Trim());
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                throw;
            }
        }
    }
}

using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Dispatcher.LocalServers.Supervision;

/// <summary>The identity of a process: its id and its start, because an id alone may have passed to another process.</summary>
/// <param name="Pid">The process id.</param>
/// <param name="Started">When the process started, in the operating system's own units.</param>
internal sealed record ProcessIdentity(int Pid, string Started)
{
    /// <summary>Reads the identity of a process.</summary>
    /// <param name="process">A running process.</param>
    /// <returns>The identity, or <see langword="null"/> if the process has ended.</returns>
    public static ProcessIdentity? Of(Process process) =>
        ReadStart(process) is { } started ? new ProcessIdentity(process.Id, started) : null;

    /// <summary>Finds the process.</summary>
    /// <returns>The process, or <see langword="null"/> if it has ended, even if its id now belongs to another process.</returns>
    public Process? Find()
    {
        try
        {
            var process = Process.GetProcessById(Pid);
            if (!process.HasExited && ReadStart(process) == Started)
            {
                return process;
            }

            process.Dispose();
            return null;
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or Win32Exception)
        {
            return null;
        }
    }

    private static string? ReadStart(Process process)
    {
        try
        {
            return OperatingSystem.IsLinux()
                ? ReadStartTicks(process.Id)
                : process.StartTime.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture);
        }
        catch (Exception exception) when (exception is InvalidOperationException or IOException or Win32Exception)
        {
            return null;
        }
    }

    /// <summary>
    /// Reads the ticks from boot to start, field 22 of proc(5) stat. .NET computes its start time from them and the clock, and it moves
    /// with the clock.
    /// </summary>
    private static string? ReadStartTicks(int pid)
    {
        var stat = File.ReadAllText($"/proc/{pid}/stat");
        // The name in field 2 may contain spaces and brackets; field 3 is the state, Z if the process has ended.
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return fields[0] == "Z" ? null : fields[22 - 3];
    }
}

using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Dispatcher.LocalServers.Supervision;

/// <summary>Recognises a process by its id and its start: an id alone may long belong to another process.</summary>
/// <param name="Pid">The process id.</param>
/// <param name="Started">When it started, in the system's own terms.</param>
internal sealed record ProcessMark(int Pid, string Started)
{
    /// <summary>Marks a process.</summary>
    /// <param name="process">A running process.</param>
    /// <returns>The mark, or <see langword="null"/> where the process has ended.</returns>
    public static ProcessMark? Of(Process process) => ReadStart(process) is { } started ? new ProcessMark(process.Id, started) : null;

    /// <summary>Finds the process.</summary>
    /// <returns>The process, or <see langword="null"/> where it has ended, also where its id is another's now.</returns>
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
    /// Reads the ticks from boot to start, field 22 of proc(5) stat. .NET's start time is computed from them and the clock, and moves with it.
    /// </summary>
    private static string? ReadStartTicks(int pid)
    {
        var stat = File.ReadAllText($"/proc/{pid}/stat");
        // The name in field 2 may hold spaces and brackets; field 3 is the state, Z for one that has ended.
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return fields[0] == "Z" ? null : fields[22 - 3];
    }
}

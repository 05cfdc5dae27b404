using System.Diagnostics;
using System.Text.Json.Serialization;

namespace Dispatcher.LocalServers.Supervision;

/// <summary>A server that was started on this machine, as it is recorded for the one who stops it.</summary>
/// <param name="Pid">The server's process id.</param>
/// <param name="Started">When the process started, in the operating system's own units.</param>
/// <param name="Port">The server's port on loopback.</param>
public abstract record RunningServer(int Pid, string Started, int Port)
{
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(10);

    /// <summary>Gets a value indicating whether the server's process is still there.</summary>
    [JsonIgnore]
    public bool IsRunning
    {
        get
        {
            using var process = Find();
            return process is not null;
        }
    }

    /// <summary>Gets the server's address as a person writes it.</summary>
    [JsonIgnore]
    public abstract string Address { get; }

    /// <summary>Gets a value indicating whether a record that was read has all its members.</summary>
    [JsonIgnore]
    internal virtual bool IsComplete => this is { Pid: > 0, Started: not null, Port: > 0 and < 65536 };

    /// <summary>Ends the server if its process is still the one that was started.</summary>
    /// <returns>Whether there was a process to end.</returns>
    public bool Stop()
    {
        using var process = Find();
        if (process is null)
        {
            return false;
        }

        RequestStop(process);
        if (!process.WaitForExit(StopLimit))
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit(StopLimit);
        }

        return true;
    }

    /// <summary>Asks the process to end.</summary>
    /// <param name="process">The server's process.</param>
    protected abstract void RequestStop(Process process);

    private Process? Find() => new ProcessIdentity(Pid, Started).Find();
}

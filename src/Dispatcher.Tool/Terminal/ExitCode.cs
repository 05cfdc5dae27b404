namespace Dispatcher.Tool.Terminal;

/// <summary>The exit codes of the tool.</summary>
internal static class ExitCode
{
    /// <summary>The run succeeded, was planned, was skipped or is to be continued.</summary>
    public const int Done = 0;

    /// <summary>The run, or the command itself, failed.</summary>
    public const int Failed = 1;

    /// <summary>The input is wrong; nothing has run.</summary>
    public const int BadInput = 2;

    /// <summary>The run is done except for items that failed.</summary>
    public const int Partial = 3;

    /// <summary>A person interrupted the command; the same code that shells give to a process that Ctrl+C ended.</summary>
    public const int Cancelled = 130;

    /// <summary>Gets the exit code for a run's status.</summary>
    /// <param name="status">How the run ended.</param>
    /// <returns>The exit code.</returns>
    public static int For(JobStatus status) => status switch
    {
        JobStatus.Failed => Failed,
        JobStatus.Partial => Partial,
        JobStatus.Cancelled => Cancelled,
        _ => Done,
    };
}

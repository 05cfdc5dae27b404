using System.Diagnostics;

namespace Dispatcher.Cli.Tests;

/// <summary>Runs the built tool as a shell does, in a process of its own.</summary>
internal static class DispatchProcess
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    /// <summary>What a developer's shell may hold and a test must not see.</summary>
    private static readonly string[] Foreign =
    [
        "TABLE_NAME", "BUCKET", "CLEANUP_AGE_HOURS", "BATCH_SIZE", "DRY_RUN", "MAX_CHANGES", "AWS_PROFILE", "AWS_ENDPOINT_URL",
            "DATABASE_URL",
        "RUNS_TABLE", "RUNS_RETENTION_DAYS", "AUDIT_BUCKET", "AUDIT_LINES", "METRICS_SINK", "AWS_CALL_TIMEOUT_SECONDS",
    ];

    /// <summary>Gets a folder for what runs leave behind: the tests must not add to the history of the clone that they run in.</summary>
    private static string Scratch { get; } = Directory.CreateTempSubdirectory("dispatch-runs-").FullName;

    public static async Task<ProcessResult> RunAsync(
        string[] args, string input = "", IReadOnlyDictionary<string, string>? environment = null, string? directory = null)
    {
        using var process = Start(args, environment, directory);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        try
        {
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The tool may refuse input without reading all of it.
        }

        using var limit = new CancellationTokenSource(Limit);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"dispatch {string.Join(' ', args)} did not end within {Limit}. It said: {await error}");
        }

        return new ProcessResult(process.ExitCode, await output, await error);
    }

    public static Process Start(string[] args, IReadOnlyDictionary<string, string>? environment = null, string? directory = null)
    {
        var tool = Path.Combine(AppContext.BaseDirectory, "dispatch.dll");
        var start = new ProcessStartInfo("dotnet", ["exec", tool, .. args])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = directory ?? (args is ["run" or "invoke", ..] ? Scratch : AppContext.BaseDirectory),
        };
        foreach (var name in Foreign)
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }
}

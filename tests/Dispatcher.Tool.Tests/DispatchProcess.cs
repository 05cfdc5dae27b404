using System.Diagnostics;

namespace Dispatcher.Tool.Tests;

/// <summary>The built tool, run as a shell does. Most tests use <see cref="Dispatch"/> instead, which needs no process.</summary>
internal static class DispatchProcess
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

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

    public static Process Start(
        string[] args,
        IReadOnlyDictionary<string, string>? environment = null,
        string? directory = null,
        string library = "dispatch.dll")
    {
        var tool = Path.Combine(AppContext.BaseDirectory, library);
        var start = new ProcessStartInfo("dotnet", ["exec", tool, .. args])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = directory ?? Dispatch.DirectoryFor(args),
        };
        foreach (var name in Dispatch.Foreign)
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

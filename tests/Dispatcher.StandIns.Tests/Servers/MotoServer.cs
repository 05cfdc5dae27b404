using System.ComponentModel;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Dispatcher.StandIns.Tests.Servers;

/// <summary>A moto server on a free port of this machine, stopped when disposed.</summary>
internal sealed partial class MotoServer : IAsyncDisposable
{
    private readonly Process _process;

    private MotoServer(Process process, string url)
    {
        _process = process;
        Url = url;
    }

    public string Url { get; }

    public static async Task<MotoServer> StartAsync()
    {
        var process = new Process
        {
            StartInfo = new ProcessStartInfo("moto_server", ["-H", "127.0.0.1", "-p", "0"]) { RedirectStandardError = true },
        };
        try
        {
            process.Start();
        }
        catch (Win32Exception exception)
        {
            throw new AssertionException(
                $"moto_server does not start ({exception.Message}). Install it with: pip install 'moto[server]==5.2.1'");
        }

        // With port 0 the server chooses one and says which.
        var seen = new List<string>();
        while (await process.StandardError.ReadLineAsync() is { } line)
        {
            seen.Add(line);
            if (Running().Match(line) is { Success: true } match)
            {
                // It logs each request there, and would stop when nobody reads.
                _ = process.StandardError.BaseStream.CopyToAsync(Stream.Null);
                return new MotoServer(process, match.Value);
            }
        }

        throw new AssertionException(
            $"moto_server ended before it listened: {string.Join('\n', seen)}. Reinstall it with: pip install 'moto[server]==5.2.1'");
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+")]
    private static partial Regex Running();
}

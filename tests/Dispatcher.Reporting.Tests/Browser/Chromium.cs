using System.Diagnostics;
using Dispatcher.Tool.Tests;

namespace Dispatcher.Reporting.Tests.Browser;

/// <summary>A headless Chromium with its own profile that ends with the test.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

    private readonly TemporaryFolder _profile;
    private readonly DevTools _tools = new();
    private readonly Process _process;

    private Chromium(Process process, TemporaryFolder profile) => (_process, _profile) = (process, profile);

    public static async Task<Chromium> StartAsync(CancellationToken cancellationToken)
    {
        var profile = new TemporaryFolder();
        var start = new ProcessStartInfo(FindProgram())
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            ArgumentList =
            {
                "--headless=new", "--remote-debugging-port=0", $"--user-data-dir={profile.Path}", "--no-first-run", "--disable-gpu",
                "--disable-dev-shm-usage", "--disable-extensions", "--disable-background-networking", "--disable-component-update",
                    "--hide-scrollbars",
            },
        };
        if (Environment.UserName == "root")
        {
            // Chromium refuses to be sandboxed by root; the only page it opens here is our own.
            start.ArgumentList.Add("--no-sandbox");
        }

        start.ArgumentList.Add("about:blank");
        var process = Process.Start(start)!;
        var chromium = new Chromium(process, profile);
        try
        {
            await chromium._tools.ConnectAsync(await ReadAddressAsync(process, cancellationToken), cancellationToken);
            return chromium;
        }
        catch
        {
            await chromium.DisposeAsync();
            throw;
        }
    }

    /// <summary>Opens a tab.</summary>
    public async Task<BrowserPage> OpenAsync(CancellationToken cancellationToken)
    {
        var target = await _tools.CallAsync("Target.createTarget", new { url = "about:blank" }, null, cancellationToken);
        var attached = await _tools.CallAsync(
            "Target.attachToTarget", new { targetId = target["targetId"]!.GetValue<string>(), flatten = true }, null, cancellationToken);
        var page = new BrowserPage(_tools, attached["sessionId"]!.GetValue<string>(), cancellationToken);
        foreach (var domain in new[] { "Page", "Network", "Runtime", "Log", "Security" })
        {
            await page.CallAsync($"{domain}.enable");
        }

        return page;
    }

    public async ValueTask DisposeAsync()
    {
        await _tools.DisposeAsync();
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        _profile.Dispose();
    }

    private static string FindProgram() =>
        (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator)
            .SelectMany(folder => Names.Select(name => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException(
            "No Chromium is on PATH, and the report is to be seen in one. Install it (Debian: apt-get install chromium), or let "
                + "tests/run do it.");

    /// <summary>Reads where the browser listens; it says so on standard error.</summary>
    private static async Task<Uri> ReadAddressAsync(Process process, CancellationToken cancellationToken)
    {
        const string Prefix = "DevTools listening on ";
        var said = new List<string>();
        while (await process.StandardError.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.StartsWith(Prefix, StringComparison.Ordinal))
            {
                // Somebody has to go on reading, or the browser stops when the pipe is full.
                _ = process.StandardError.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
                _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
                return new Uri(line[Prefix.Length..]);
            }

            said.Add(line);
        }

        throw new InvalidOperationException($"Chromium ended before it listened. It said: {string.Join('\n', said)}");
    }
}

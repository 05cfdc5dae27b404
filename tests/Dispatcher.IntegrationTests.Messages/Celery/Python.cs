using System.Diagnostics;

namespace Dispatcher.IntegrationTests.Messages.Celery;

/// <summary>Runs the system's Python, for which the distribution packages Celery.</summary>
internal static class Python
{
    private const string Path = "/usr/bin/python3";

    private const string Remedy = "Install it with: apt-get install python3-celery python3-kombu python3-boto3 python3-pycurl";

    /// <summary>Fails the test, with the remedy, where there is no Celery.</summary>
    public static async Task EnsureCeleryAsync()
    {
        var error = "there is no " + Path;
        if (File.Exists(Path))
        {
            using var process = Start(["-c", "import celery, kombu, boto3, pycurl"]);
            var output = process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            error = process.ExitCode == 0 ? string.Empty : (await output).Trim().Split('\n')[^1];
        }

        if (error.Length > 0)
        {
            throw new AssertionException($"There is no Celery for {Path}: {error}. {Remedy}");
        }
    }

    public static Process Start(IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(Path, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = System.IO.Path.Combine(AppContext.BaseDirectory, "Celery"),
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }
}

using System.Text;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Dispatcher.Tool.Tests;

/// <summary>
/// The tool, run in the process of the tests with the environment and the directory of a command. <see cref="DispatchProcess"/> starts a
/// process.
/// </summary>
internal static class Dispatch
{
    /// <summary>Gets the variables that a developer's shell may hold and a test must not see.</summary>
    public static IReadOnlyList<string> Foreign { get; } =
    [
        "TABLE_NAME", "BUCKET", "CLEANUP_AGE_HOURS", "BATCH_SIZE", "DRY_RUN", "AWS_PROFILE", "AWS_ENDPOINT_URL",
        "MAX_CHANGES", "MAX_CHANGES_PERCENT", "MAX_BYTES", "MAX_CHANGES_PER_SECOND", "DATABASE_URL",
        "RUNS_TABLE", "RUNS_FILE", "RUNS_RETENTION_DAYS", "AUDIT_BUCKET", "PLAN_BUCKET", "PLAN_ACCOUNT", "AUDIT_LINES",
        "METRICS_SINK", "AWS_CALL_TIMEOUT_SECONDS", "DISPATCH_STACK", "AWS_ENDPOINT_URL_LAMBDA",
    ];

    /// <summary>Gets a folder for what runs leave behind: the tests must not add to the history of the clone that they run in.</summary>
    private static string Scratch { get; } = Directory.CreateTempSubdirectory("dispatch-runs-").FullName;

    /// <summary>Runs a command.</summary>
    public static async Task<ProcessResult> RunAsync(
        string[] args,
        string input = "",
        IReadOnlyDictionary<string, string>? environment = null,
        string? directory = null,
        Func<TestTerminal, string[], Task<int>>? run = null)
    {
        var changed = Foreign.ToDictionary(static name => name, static _ => (string?)null);
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            changed[name] = value;
        }

        var before = changed.Keys.ToDictionary(static name => name, Environment.GetEnvironmentVariable);
        var directoryBefore = Directory.GetCurrentDirectory();
        try
        {
            Set(changed);
            Directory.SetCurrentDirectory(directory ?? DirectoryFor(args));

            // The SDK reads the environment once per process.
            FallbackInternalConfigurationFactory.Reset();
            FallbackRegionFactory.Reset();
            var terminal = new TestTerminal(width: 160, input, errorWidth: 10_000);
            var exitCode = await (run ?? ((usual, words) => usual.RunAsync(words)))(terminal, args);
            return new ProcessResult(
                exitCode, terminal.Out, terminal.Error + Encoding.UTF8.GetString(((MemoryStream)terminal.Terminal.RawError).ToArray()));
        }
        finally
        {
            Directory.SetCurrentDirectory(directoryBefore);
            Set(before);
        }
    }

    /// <summary>Chooses the directory of a command that a test gives none.</summary>
    public static string DirectoryFor(string[] args) => args is ["run" or "invoke", ..] ? Scratch : AppContext.BaseDirectory;

    private static void Set(Dictionary<string, string?> variables)
    {
        foreach (var (name, value) in variables)
        {
            Environment.SetEnvironmentVariable(name, value);
        }
    }
}

using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Tool.Tests.Foreign;

/// <summary>The jobs of a consumer, and their tool.</summary>
internal static class AcmeJobs
{
    public const string Tool = "acme";

    public static void Add(IDispatcherBuilder builder) => builder
        .AddJob<RotateLogsJob, RotateLogsParameters>("rotate-logs", options =>
        {
            options.Description = "Rotates the logs.";
            options.MaxChanges = 10_000;
        })
        .AddJob<PingJob>("ping-server", options => options.Description = "Pings the server.");

    public static Task<ProcessResult> RunAsync(string directory, params string[] args) => RunAsync(directory, "", args);

    public static Task<ProcessResult> RunAsync(string directory, string input, string[] args) =>
        Dispatch.RunAsync(args, input, directory: directory, run: (terminal, words) => terminal.RunAsync(Add, Configure, words));

    public static void Configure(DispatchToolOptions options) => options.Name = Tool;
}

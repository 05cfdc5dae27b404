using Dispatcher.Hosting;
using Dispatcher.Sqlite;
using Dispatcher.Testing;
using Dispatcher.Tool.Tests.Foreign;
using Dispatcher.Tool.Tests.History;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Tool.Tests.Commands.Status;

/// <summary>Holds the screens in docs/samples to what 'status' shows. ACCEPT_SAMPLES=1 writes them anew.</summary>
[NonParallelizable]
public sealed class StatusSampleTests
{
    private const string Template = """
        {"Resources":{
          "Chores":{"Type":"AWS::Serverless::Function","Properties":{"Handler":"Acme.Chores","Timeout":300}},
          "Nightly":{"Type":"AWS::Events::Rule","Properties":{"ScheduleExpression":"cron(0 3 * * ? *)",
            "Targets":[{"Id":"chores","Arn":{"Fn::GetAtt":["Chores","Arn"]},"Input":"{\"job\":\"rotate-logs\"}"}]}},
          "Hourly":{"Type":"AWS::Events::Rule","Properties":{"ScheduleExpression":"cron(10 * * * ? *)",
            "Targets":[{"Id":"chores","Arn":{"Fn::GetAtt":["Chores","Arn"]},"Input":"{\"job\":\"ping-server\"}"}]}}}}
        """;

    private static readonly DateTimeOffset Now = new(2026, 11, 22, 6, 30, 0, TimeSpan.Zero);

    [TestCase(80)]
    [TestCase(120)]
    public async Task Sample_OfAWidth_IsWhatStatusShows(int width)
    {
        using var folder = new TemporaryFolder();
        folder.Write("serverless.template", Template);
        await FillAsync(Path.Combine(folder.Path, "runs.db"));
        var terminal = new TestTerminal(width);
        await Dispatch.RunAsync(
            ["status", "--utc"],
            environment: new Dictionary<string, string> { ["RUNS_FILE"] = "runs.db" },
            directory: folder.Path,
            run: (_, words) => terminal.RunAsync(
                AcmeJobs.Add,
                static options =>
                {
                    AcmeJobs.Configure(options);
                    options.ConfigureServices = static services => services.AddSingleton<TimeProvider>(new TestClock(Now));
                },
                words));

        // The last lines name the file, whose path is another one each time.
        var shown = terminal.Out.ReplaceLineEndings("\n").Split("\n\nFrom ")[0] + "\n";

        var file = Path.Combine(FindSamples(), $"status-{width}.txt");
        if (Environment.GetEnvironmentVariable("ACCEPT_SAMPLES") == "1")
        {
            await File.WriteAllTextAsync(file, shown);
        }

        Assert.That(shown, Is.EqualTo((await File.ReadAllTextAsync(file)).ReplaceLineEndings("\n")));
        Assert.That(shown.Split('\n'), Has.None.Length.GreaterThan(width).And.None.EndsWith(" "));
    }

    private static async Task FillAsync(string file)
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(new TestClock(Now.AddMinutes(-5)));
        services.AddMaintenanceDispatcher().AddRunFile(new RunFileSettings(file));
        await using var provider = services.BuildServiceProvider();
        var store = provider.GetRequiredService<IRunStore>();
        RunRecord[] runs =
        [
            .. Enumerable.Range(0, 6).Select(static hour => Run(
                "ping-server",
                hour < 3 ? JobStatus.Failed : JobStatus.Succeeded,
                hour + (1 / 3.0),
                "The server answered 503 Service Unavailable to each of 3 attempts. Try again when it is up.")),
            .. Enumerable.Range(2, 9).Select(static day => Run("rotate-logs", JobStatus.Succeeded, (day * 24) + 3.5)),
            .. Enumerable.Range(0, 9).Select(static day => Run("expire-tokens", JobStatus.Succeeded, (day * 24) + 5)),
            .. Enumerable.Range(0, 9).Select(static day => Run("index-search", JobStatus.Succeeded, (day * 24) + 7)),
            .. Enumerable.Range(0, 9).Select(static day => Run("warm-cache", JobStatus.Partial, day + 0.1, "2 of 40 pages are missing.")),
        ];
        foreach (var run in runs)
        {
            await store.WriteAsync(run, CancellationToken.None);
        }

        await store.AcquireAsync(new LeaseRequest("expire-tokens", "slot:1", "01a201f6-fd83-7e01-8d28-7c2c51f2a2b3", Now.AddMinutes(1)));
    }

    /// <summary>The id follows from the start, so that it is the same each time.</summary>
    private static RunRecord Run(string job, JobStatus status, double hoursAgo, string summary = "Done.")
    {
        var start = Now.AddHours(-hoursAgo);
        var milliseconds = $"{start.ToUnixTimeMilliseconds():x12}";
        return SampleRun.Create(job, status, summary, start) with
        {
            RunId = $"{milliseconds[..8]}-{milliseconds[8..]}-7b1f-8d28-7c2c51f2a2b3",
        };
    }

    private static string FindSamples()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Dispatcher.sln")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder!.FullName, "docs", "samples");
    }
}

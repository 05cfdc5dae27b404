using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Tests.History;

/// <summary>Holds the records of runs to keep the parameters of their requests, without what may be a secret.</summary>
public sealed class ShownParametersTests
{
    [Test]
    public async Task DispatchAsync_Parameters_AreInTheRecordWithoutSecrets()
    {
        var record = await RunAsync(
            """
            {"job":"quiet","parameters":{"days":3,"token":"abc","note":"postgres://u:secret@host/db","tags":["a","b"],
             "command":["backup","--password","hunter2"],"environment":{"API_TOKEN":"hunter2"},"apiPassword":"hunter2"}}
            """);

        Assert.That(record.Parameters, Is.EqualTo(new Dictionary<string, string>
        {
            ["days"] = "3", ["token"] = "***", ["note"] = "***", ["tags"] = """["a","b"]""",
            ["command"] = "***", ["environment"] = "***", ["apiPassword"] = "***",
        }));
    }

    [Test]
    public async Task DispatchAsync_NoParameters_TheRecordHasNone() =>
        Assert.That((await RunAsync("""{"job":"quiet"}""")).Parameters, Is.Null);

    [Test]
    public async Task DispatchAsync_JobQuotesSecrets_TheRecordHasNone()
    {
        var record = await RunAsync("""{"job":"quiet","dryRun":true,"parameters":{"note":"--token abc123xyz"}}""");

        Assert.That(
            System.Text.Encoding.UTF8.GetString(Hosting.RunRecordJson.Serialize(record).Span),
            Does.Contain("--token ***").And.Not.Contain("abc123xyz"));
    }

    private static async Task<RunRecord> RunAsync(string payload)
    {
        var services = new ServiceCollection().AddLogging();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddMaintenanceDispatcher().UseStandardMiddleware().AddJob<QuietJob, QuietParameters>("quiet");
        await using var provider = services.BuildServiceProvider();
        var request = provider.GetRequiredService<Hosting.JobRequestReader>().Read(System.Text.Json.JsonElement.Parse(payload));
        return await provider.GetRequiredService<Hosting.IJobDispatcher>().DispatchAsync(request);
    }

    private sealed record QuietParameters
    {
        public int Days { get; set; }

        [Sensitive]
        public string? Token { get; set; }

        public string? Note { get; set; }

        public string[]? Tags { get; set; }

        public string[]? Command { get; set; }

        public Dictionary<string, string>? Environment { get; set; }

        public string? ApiPassword { get; set; }
    }

    private sealed class QuietJob : MaintenanceJob<QuietParameters>
    {
        protected override async Task<JobResult> RunAsync(
            QuietParameters parameters, JobContext context, CancellationToken cancellationToken)
        {
            await context.Changes.TryApplyAsync(
                new Change("quiet:Run", "quiet://1") { Reason = $"runs {parameters.Note}" },
                static _ => Task.CompletedTask,
                cancellationToken);
            context.Errors.Add("quiet://2", $"cannot run {parameters.Note}");
            return JobResult.Succeeded($"Ran {parameters.Note}.");
        }
    }
}

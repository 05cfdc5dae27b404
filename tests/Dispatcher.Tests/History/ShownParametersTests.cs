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
            {"job":"quiet","parameters":{"days":3,"token":"abc","note":"postgres://u:secret@host/db","tags":["a","b"]}}
            """);

        Assert.That(record.Parameters, Is.EqualTo(new Dictionary<string, string>
        {
            ["days"] = "3", ["token"] = "***", ["note"] = "***", ["tags"] = """["a","b"]""",
        }));
    }

    [Test]
    public async Task DispatchAsync_NoParameters_TheRecordHasNone() =>
        Assert.That((await RunAsync("""{"job":"quiet"}""")).Parameters, Is.Null);

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
    }

    private sealed class QuietJob : MaintenanceJob<QuietParameters>
    {
        protected override Task<JobResult> RunAsync(
            QuietParameters parameters, JobContext context, CancellationToken cancellationToken) =>
            Task.FromResult(JobResult.Succeeded("Done."));
    }
}

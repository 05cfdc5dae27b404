using System.Text.Json;
using System.Text.Json.Serialization;
using Dispatcher.Catalog;
using Dispatcher.Changes;
using Dispatcher.Parameters;
using Dispatcher.Payload;
using Dispatcher.Registration;
using Dispatcher.Telemetry;
using Dispatcher.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Tests;

[JsonConverter(typeof(CamelCaseEnumConverter<Mode>))]
public enum Mode { Report, DeleteAll }

public sealed record SmokeParameters
{
    [System.ComponentModel.Description("The table.")]
    [FromConfiguration("TABLE_NAME")]
    public required string Table { get; init; }

    [System.ComponentModel.DataAnnotations.Range(1, 1000)]
    [FromConfiguration("BATCH_SIZE")]
    public int BatchSize { get; set; } = 100;

    public Mode Mode { get; set; } = Mode.Report;

    public bool Force { get; set; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, UseStringEnumConverter = true)]
[JsonSerializable(typeof(SmokeParameters))]
internal sealed partial class SmokeJson : JsonSerializerContext;

public sealed class SmokeJob : MaintenanceJob<SmokeParameters>
{
    protected override async Task<JobResult> RunAsync(SmokeParameters parameters, JobContext context, CancellationToken cancellationToken)
    {
        await context.Changes.ApplyAsync(new Change("s3:DeleteObject", "s3://x/y") { Counter = "deleted", Bytes = 5 }, _ => Task.CompletedTask, cancellationToken);
        return JobResult.Succeeded($"{parameters.Table} {parameters.BatchSize} {parameters.Mode}");
    }
}

public sealed class SmokeTests
{
    [Test]
    public async Task All()
    {
        await using var harness = new JobHarness(b => b.AddJob<SmokeJob, SmokeParameters>("smoke-job", SmokeJson.Default.SmokeParameters, o => o.Description = "Smokes."),
            new Dictionary<string, string?> { ["TABLE_NAME"] = "T" });
        foreach (var payload in new[] { """{"job":"smoke-job"}""", """{"job":"smoke-job","dryRun":true,"parameters":{"mode":"deleteAll"}}""",
            """{"job":"smok-job","dry_run":true}""", """{"job":"smoke-job","dryRun":"yes","parameters":{"batchSize":5000,"mode":"x","force":1,"tabel":"q"}}""", "[]", "", "{", """{"job":5}""" , """{"job":"smoke-job","parameters":{"batchSize":1.5,"table":null, "force":null}}""" })
        {
            try { TestContext.Progress.WriteLine(JsonSerializer.Serialize(await harness.RunAsync(payload), DispatcherJsonContext.Default.JobRunSummary)); }
            catch (JobRequestException e) { TestContext.Progress.WriteLine($"{payload} =>\n   {string.Join("\n   ", e.Problems)}"); }
        }
        TestContext.Progress.WriteLine(JsonSerializer.Serialize(harness.Services.GetRequiredService<JobCatalog>().List(), DispatcherJsonContext.Default.IReadOnlyListJobDescription));
        foreach (var b in harness.Metrics.Batches.Take(2)) TestContext.Progress.WriteLine(b + " " + string.Join(",", b.Values) + string.Join(",", b.Dimensions));
        foreach (var l in harness.Logs.Lines) TestContext.Progress.WriteLine(l);
    }
}

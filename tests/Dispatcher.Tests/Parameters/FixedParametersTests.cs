using System.Text.Json;
using System.Text.Json.Serialization;
using Dispatcher.Hosting;
using Dispatcher.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Tests.Parameters;

public sealed partial class FixedParametersTests
{
    [TestCase("""{"bucket":"other"}""", "Parameter 'bucket' is fixed", "from the environment variable BUCKET")]
    [TestCase("""{"bucket":null}""", "Parameter 'bucket' is fixed", "from the environment variable BUCKET")]
    [TestCase("""{"days":3}""", "Parameter 'days' is fixed", "from its default")]
    [TestCase("""{"days":"x","bucket":"other","prefix":"p"}""", "Parameter 'bucket' is fixed", "Parameter 'days' is fixed")]
    public async Task RunAsync_PayloadGivesAFixedParameter_IsRefusedByNameAndSource(string parameters, params string[] expected)
    {
        await using var harness = Create("bucket", "days");

        var refused = await Assert.ThrowsAsync<JobRequestException>(
            () => harness.RunAsync($$"""{"job":"rotate-logs","parameters":{{parameters}}}"""));

        Assert.That(expected.Where(text => refused?.Message.Contains(text, StringComparison.Ordinal) != true), Is.Empty, refused?.Message);
        Assert.That(harness.Runs.Records, Is.Empty);
    }

    [Test]
    public async Task RunAsync_PayloadGivesTheOthers_RunsWithTheConfiguredValue()
    {
        await using var harness = Create("bucket", "days");

        var record = await harness.RunAsync("""{"job":"rotate-logs","parameters":{"prefix":"logs/"}}""");

        Assert.That(record.Summary, Is.EqualTo("logs-bucket logs/ 7"));
    }

    [Test]
    public async Task RunAsync_FixedNameIsNoParameter_IsRefused()
    {
        await using var harness = Create("buckt");

        Assert.That(
            () => harness.RunAsync("""{"job":"rotate-logs"}"""),
            Throws.TypeOf<JobRequestException>().With.Message.Contains("fixes 'buckt', which is not one of its parameters"));
    }

    [Test]
    public async Task Describe_FixedParameters_AreNotInTheSchema()
    {
        await using var harness = Create("bucket", "days");

        var described = harness.Services.GetRequiredService<JobCatalog>().Describe("rotate-logs");

        Assert.That(JsonSerializer.Serialize(described), Does.Contain("prefix").And.Not.Contains("days").And.Not.Contains("bucket"));
    }

    [Test]
    public async Task Describe_FixedParameterIsRequired_IsNotRequiredOfAPayload()
    {
        await using var harness = new JobHarness(static builder => builder.AddJob<CopyJob, CopyParameters>(
            "copy", FixedParametersJsonContext.Default.CopyParameters, static options => options.FixParameters("table")));

        var described = harness.Services.GetRequiredService<JobCatalog>().Describe("copy");

        Assert.That(described.Parameters["required"]!.ToJsonString(), Is.EqualTo("""["owner"]"""));
    }

    [Test]
    public async Task RunAsync_PayloadGivesAFixedParameter_SaysWhatToDo()
    {
        await using var harness = Create("days");

        Assert.That(
            () => harness.RunAsync("""{"job":"rotate-logs","parameters":{"days":3}}"""),
            Throws.TypeOf<JobRequestException>().With.Message.EqualTo(
                "Parameter 'days' is fixed: the registration of job 'rotate-logs' takes it from its default. "
                + "Leave it out of the payload."));
    }

    private static JobHarness Create(params string[] names) => new(
        builder => builder.AddJob<RotateLogsJob, RotateLogsParameters>(
            "rotate-logs", FixedParametersJsonContext.Default.RotateLogsParameters, options => options.FixParameters(names)),
        new Dictionary<string, string?> { ["BUCKET"] = "logs-bucket" });

    internal sealed record RotateLogsParameters
    {
        [FromConfiguration("BUCKET")]
        public required string Bucket { get; init; }

        public string Prefix { get; set; } = string.Empty;

        public int Days { get; set; } = 7;
    }

    internal sealed record CopyParameters
    {
        public required string Table { get; init; }

        public required string Owner { get; init; }
    }

    internal sealed class CopyJob : MaintenanceJob<CopyParameters>
    {
        protected override Task<JobResult> RunAsync(CopyParameters parameters, JobContext context, CancellationToken token) =>
            Task.FromResult(JobResult.Succeeded(parameters.Table));
    }

    internal sealed class RotateLogsJob : MaintenanceJob<RotateLogsParameters>
    {
        protected override Task<JobResult> RunAsync(RotateLogsParameters parameters, JobContext context, CancellationToken token) =>
            Task.FromResult(JobResult.Succeeded($"{parameters.Bucket} {parameters.Prefix} {parameters.Days}"));
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(FixedParametersTests.RotateLogsParameters))]
[JsonSerializable(typeof(FixedParametersTests.CopyParameters))]
internal sealed partial class FixedParametersJsonContext : JsonSerializerContext;

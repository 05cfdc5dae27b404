using System.Text.Json;

namespace Dispatcher.Lambda.Tests;

/// <summary>Starts a function with a job of its own as Lambda does, in both models, and reads its answers and its output.</summary>
public sealed class MaintenanceFunctionTests
{
    private const string FunctionName = "Dispatcher.Lambda.Tests";
    private const string Executable = $"{FunctionName}.dll";

    [Test]
    public async Task RunAsync_OwnJob_IsTheOnlyOne()
    {
        await using var function = FunctionProcess.Start(Executable);

        var answer = await function.InvokeAsync("""{"job":"$list"}""");

        Assert.That(
            answer.Body.EnumerateArray().Select(job => job.GetProperty("name").GetString()), Is.EqualTo(new[] { TouchJob.Name }));
    }

    [Test]
    public async Task HandleAsync_ClassLibrary_AnswersThePlanOfTheOwnJob()
    {
        using var package = new LambdaPackage();
        package.LeaveOutRuntime(FunctionName);
        await using var function = FunctionProcess.StartClassLibrary(
            package.Folder, $"{FunctionName}::{typeof(TouchFunction).FullName}::{nameof(TouchFunction.HandleAsync)}");

        var answer = await function.InvokeAsync("""{"job":"touch","dryRun":true}""");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.Path, Is.EqualTo("invocation/request-1/response"));
            Assert.That(answer.Body.GetProperty("status").GetString(), Is.EqualTo("planned"));
            Assert.That(answer.Body.GetProperty("changes").GetProperty("proposed").GetInt64(), Is.EqualTo(1));
        }
    }

    [Test]
    public async Task RunAsync_DryRun_AnswersThePlanAndWritesLogRecordAndMetricsRaw()
    {
        await using var function = FunctionProcess.Start(Executable);

        var answer = await function.InvokeAsync("""{"job":"touch","dryRun":true}""");

        var lines = await function.StopAsync();
        var runId = answer.Body.GetProperty("runId").GetString();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.Path, Is.EqualTo("invocation/request-1/response"));
            Assert.That(answer.Body.GetProperty("status").GetString(), Is.EqualTo("planned"));
            Assert.That(
                lines.Count(line => Has(line, "message") && !Has(line, "runId")),
                Is.EqualTo(1),
                "the job's own line, wrapped by the runtime");
            var objects = lines.Where(line => Has(line, "runId")).ToList();
            Assert.That(objects.Select(line => line.GetProperty("runId").GetString()), Is.All.EqualTo(runId));
            Assert.That(objects.Count(line => line.TryGetProperty("attempts", out _)), Is.EqualTo(1), "record");
            Assert.That(objects.Count(line => line.TryGetProperty("_aws", out _)), Is.EqualTo(1), "metrics");
            Assert.That(objects.Count(line => line.TryGetProperty("level", out _)), Is.EqualTo(objects.Count - 2), "log");
        }
    }

    [Test]
    public async Task RunAsync_Fails_IsAnErrorWithItsRecordAfterTheLines()
    {
        await using var function = FunctionProcess.Start(Executable);

        var answer = await function.InvokeAsync("""{"job":"touch"}""");

        var lines = await function.StopAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.Path, Is.EqualTo("invocation/request-1/error"));
            Assert.That(answer.Body.GetProperty("errorType").GetString(), Is.EqualTo("JobFailedException"));
            Assert.That(
                answer.Body.GetProperty("errorMessage").GetString(),
                Does.Match(@"^Job 'touch' failed: InvalidOperationException: The thing is broken\..* \(run [-0-9a-f]{36}\)$"));
            Assert.That(lines.Single(line => Has(line, "_aws")).GetProperty("Failed").GetDouble(), Is.EqualTo(1));
            Assert.That(
                lines.Single(line => Has(line, "attempts")).GetProperty("changes").GetProperty("applied").GetInt64(), Is.EqualTo(1));
            Assert.That(lines.Count(line => Has(line, "exception")), Is.EqualTo(1), "the log holds what went wrong, once");
            Assert.That(lines.Count(line => Has(line, "level") && line.GetProperty("level").GetString() == "ERROR"), Is.EqualTo(1));
            var runtimes = lines.Single(line => Has(line, "errorMessage"));
            Assert.That(
                runtimes.GetRawText(), Does.Not.Contain("attempts").And.Not.Contain("startedAt"), "the runtime does not repeat the record");
        }
    }

    [TestCase("JSON")]
    [TestCase("Text")]
    public async Task RunAsync_AnyLogFormat_WritesMetricsAndAuditPastTheRuntimesWriter(string format)
    {
        await using var function = FunctionProcess.Start(Executable, ("AWS_LAMBDA_LOG_FORMAT", format));

        await function.InvokeAsync("""{"job":"touch"}""");

        var lines = await function.StopRawAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(lines.Count(line => line.StartsWith("{\"_aws\":{", StringComparison.Ordinal)), Is.EqualTo(1));
            Assert.That(lines.Where(line => line.StartsWith("{\"type\":\"audit\"", StringComparison.Ordinal)), Is.Not.Empty);
            Assert.That(
                lines.Single(line => line.Contains("A job may write", StringComparison.Ordinal)),
                Does.Not.StartWith("\"A job"),
                "the runtime wraps the console");
            Assert.That(
                lines.Where(line => line.StartsWith('{')),
                Is.All.Matches<string>(line => JsonElement.Parse(line!).ValueKind == JsonValueKind.Object));
        }
    }

    [Test]
    public async Task RunAsync_MetricsSinkNone_WritesNoMetrics()
    {
        await using var function = FunctionProcess.Start(Executable, ("METRICS_SINK", "none"));

        await function.InvokeAsync("""{"job":"touch","dryRun":true}""");

        var lines = await function.StopAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(lines.Count(line => Has(line, "_aws")), Is.Zero);
            Assert.That(lines.Count(line => Has(line, "attempts")), Is.EqualTo(1));
        }
    }

    private static bool Has(JsonElement line, string member) =>
        line.ValueKind == JsonValueKind.Object && line.TryGetProperty(member, out _);
}

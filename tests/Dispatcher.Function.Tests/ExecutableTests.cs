using System.Text.Json;

namespace Dispatcher.Function.Tests;

/// <summary>Runs the function as Lambda runs an executable assembly: a process that asks the Runtime API for events.</summary>
public sealed class ExecutableTests
{
    private const string FunctionAssembly = "Dispatcher.Function.dll";
    private const string ProbeAssembly = "Dispatcher.Function.Tests.dll";

    [Test]
    public async Task Function_List_AnswersWithoutALine()
    {
        await using var function = FunctionProcess.Start(FunctionAssembly);

        var answer = await function.InvokeAsync("""{"job":"$list"}""");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.Path, Is.EqualTo("invocation/request-1/response"));
            Assert.That(answer.Body.ValueKind, Is.EqualTo(JsonValueKind.Array));
            Assert.That(await function.StopAsync(), Is.Empty);
        }
    }

    [Test]
    public async Task Function_UnknownJob_IsAnErrorAndTheNextEventIsServed()
    {
        await using var function = FunctionProcess.Start(FunctionAssembly);

        var first = await function.InvokeAsync("""{"job":"no-such-job"}""");
        var second = await function.InvokeAsync("""{"job":"$list"}""");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(first.Path, Is.EqualTo("invocation/request-1/error"));
            Assert.That(first.Body.GetProperty("errorType").GetString(), Is.EqualTo("JobRequestException"));
            Assert.That(first.Body.GetProperty("errorMessage").GetString(), Does.StartWith("No job named 'no-such-job' is registered."));
            Assert.That(second.Path, Is.EqualTo("invocation/request-2/response"));
        }
    }

    [TestCase("METRICS_SINK", "graphite", "The environment variable METRICS_SINK is 'graphite'. Set it to one of: ")]
    [TestCase("AWS_LAMBDA_LOG_LEVEL", "loud", "The environment variable AWS_LAMBDA_LOG_LEVEL is 'loud'. Set it to ")]
    [TestCase("Deadline__StopMarginSeconds", "-1", "StopMarginSeconds")]
    public async Task Function_WrongConfiguration_IsReportedAsInitializationError(string name, string value, string message)
    {
        await using var function = FunctionProcess.Start(FunctionAssembly, (name, value));

        var answer = await function.NextAnswerAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.Path, Is.EqualTo("init/error"));
            Assert.That(answer.Body.GetProperty("errorMessage").GetString(), Does.Contain(message));
            Assert.That(await function.WaitForExitAsync(), Is.Not.Zero);
        }
    }

    [Test]
    public async Task Probe_DryRun_AnswersThePlanAndWritesLogRecordAndMetricsRaw()
    {
        await using var function = FunctionProcess.Start(ProbeAssembly);

        var answer = await function.InvokeAsync("""{"job":"probe","dryRun":true}""");

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
    public async Task Probe_Fails_IsAnErrorWithItsRecordAfterTheLines()
    {
        await using var function = FunctionProcess.Start(ProbeAssembly);

        var answer = await function.InvokeAsync("""{"job":"probe"}""");

        var lines = await function.StopAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.Path, Is.EqualTo("invocation/request-1/error"));
            Assert.That(answer.Body.GetProperty("errorType").GetString(), Is.EqualTo("JobFailedException"));
            Assert.That(
                answer.Body.GetProperty("errorMessage").GetString(),
                Does.Match(@"^Job 'probe' failed: InvalidOperationException: The probe is broken\..* \(run [-0-9a-f]{36}\)$"));
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
    public async Task Probe_AnyLogFormat_WritesMetricsAndAuditPastTheRuntimesWriter(string format)
    {
        await using var function = FunctionProcess.Start(ProbeAssembly, ("AWS_LAMBDA_LOG_FORMAT", format));

        await function.InvokeAsync("""{"job":"probe"}""");

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
    public async Task Function_PayloadsThatCannotBeRead_AreOurErrorsAndTheNextEventIsServed()
    {
        byte[][] payloads =
        [
            [], [0xFF, 0xFE], "{\"job\":"u8.ToArray(), "{\"job\":\"\\ud800\"}"u8.ToArray(), [.. Enumerable.Repeat((byte)'[', 10_000)],
        ];
        await using var function = FunctionProcess.Start(FunctionAssembly);

        foreach (var payload in payloads)
        {
            var error = await function.InvokeAsync(payload);

            Assert.That(error.Path, Does.EndWith("/error"));
            Assert.That(error.Body.GetProperty("errorType").GetString(), Is.EqualTo("JobRequestException"));
        }

        var answer = await function.InvokeAsync("""{"job":"$list"}""");
        Assert.That(answer.Path, Is.EqualTo($"invocation/request-{payloads.Length + 1}/response"));
    }

    [Test]
    public async Task Probe_MetricsSinkNone_WritesNoMetrics()
    {
        await using var function = FunctionProcess.Start(ProbeAssembly, ("METRICS_SINK", "none"));

        await function.InvokeAsync("""{"job":"probe","dryRun":true}""");

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

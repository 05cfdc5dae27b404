using System.Text;
using Amazon.Lambda.Core;
using Dispatcher.Lambda;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Moq;

namespace Dispatcher.OpenTelemetry.Tests;

/// <summary>
/// Runs a job in the function of the sample, and reads what a receiver of OTLP gets. The timers of OpenTelemetry are set to ten minutes:
/// nothing may wait for one, because Lambda freezes the process.
/// </summary>
public sealed class OtlpTests
{
    [Test]
    public async Task HandleAsync_RunEnds_ReceiverGetsSpansAndMetrics()
    {
        using var receiver = new OtlpReceiver();
        using var output = new MemoryStream();
        await using var services = Build(receiver.Url, output);

        await InvokeAsync(services, """{"job":"upload"}""");

        var received = await receiver.ReceiveTwoAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                received["/v1/traces"],
                Does.Contain("job upload").And.Contain("attempt").And.Contain("change s3:GetObject").And.Contain("S3.GetObject")
                    .And.Contain("maintenance-of-acme").And.Not.Contain(UploadJob.Secret));
            Assert.That(
                received["/v1/metrics"],
                Does.Contain("dispatcher.runs").And.Contain("dispatcher.run.duration").And.Contain("dispatcher.changes")
                    .And.Contain("job.status").And.Contain("partial"));
        }
    }

    [Test]
    public async Task HandleAsync_TelemetryIsAdded_LogRecordAndEmfMetricsStay()
    {
        using var receiver = new OtlpReceiver();
        using var output = new MemoryStream();
        await using var services = Build(receiver.Url, output);

        await InvokeAsync(services, """{"job":"upload"}""");

        Assert.That(
            Encoding.UTF8.GetString(output.ToArray()),
            Does.Contain("\"_aws\"").And.Contain("\"attempts\":2").And.Contain("\"level\":\"WARN\""));
    }

    [Test]
    public async Task Build_TelemetryAlone_ReadsTheConfigurationOfTheFunction()
    {
        await using var services = FunctionServices.Build(UploadServices.Add, TracedFunction.Program.AddTelemetry);

        Assert.That(((IConfigurationRoot)services.GetRequiredService<IConfiguration>()).Providers.Count(), Is.GreaterThan(1));
    }

    [Test]
    public async Task HandleAsync_ReceiverIsGone_RunSucceeds()
    {
        string url;
        using (var receiver = new OtlpReceiver())
        {
            url = receiver.Url;
        }

        using var output = new MemoryStream();
        await using var services = Build(url, output);

        Assert.That(await InvokeAsync(services, """{"job":"upload","dryRun":true}"""), Does.Contain("\"status\":\"planned\""));
    }

    private static ServiceProvider Build(string url, MemoryStream output) => FunctionServices.Build(
        UploadServices.Add,
        services =>
        {
            services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(
            [
                .. UploadServices.Settings,
                new("OTEL_EXPORTER_OTLP_ENDPOINT", url),
                new("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
                new("OTEL_BSP_SCHEDULE_DELAY", "600000"),
                new("OTEL_METRIC_EXPORT_INTERVAL", "600000"),
                new("OTEL_SERVICE_NAME", "maintenance-of-acme"),
            ]).Build());
            services.AddSingleton(new LambdaOutput(output));
            TracedFunction.Program.AddTelemetry(services);
        });

    private static async Task<string> InvokeAsync(ServiceProvider services, string payload)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(payload));
        var answer = await services.GetRequiredService<LambdaEntryPoint>().HandleAsync(stream, Mock.Of<ILambdaContext>());
        return answer.GetRawText();
    }
}

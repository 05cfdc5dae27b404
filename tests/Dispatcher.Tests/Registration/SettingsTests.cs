using System.Reflection;
using Dispatcher.Hosting;
using Dispatcher.Plans;
using Dispatcher.Testing;
using Dispatcher.Tests.TestRuns;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Dispatcher.Tests.Registration;

/// <summary>The settings of the dispatcher have their documented names, and a value out of range is refused.</summary>
public sealed class SettingsTests
{
    [TestCase(typeof(PlanOptions), "Plans:MaxAgeHours", "48", "0")]
    [TestCase(typeof(PlanOptions), "Plans:MaxAgeHours", "8760", "8761")]
    [TestCase(typeof(TelemetryOptions), "Telemetry:SinkTimeoutSeconds", "60", "61")]
    [TestCase(typeof(TelemetryOptions), "Telemetry:AuditTimeoutSeconds", "300", "0")]
    [TestCase(typeof(TelemetryOptions), "Telemetry:MetricsNamespace", "Acme/Chores", "a b")]
    [TestCase(typeof(ContinuationOptions), "Continuation:MaxRuns", "1000", "1001")]
    [TestCase(typeof(ContinuationOptions), "Continuation:IdleDelaySeconds", "900", "901")]
    [TestCase(typeof(DeadlineOptions), "Deadline:StopMarginSeconds", "600", "601")]
    [TestCase(typeof(DeadlineOptions), "Deadline:ReportMarginSeconds", "15", "16")]
    [TestCase(typeof(RetryOptions), "Retry:MaxAttempts", "10", "11")]
    [TestCase(typeof(RetryOptions), "Retry:BaseDelaySeconds", "300", "301")]
    [TestCase(typeof(RetryOptions), "Retry:MaxDelaySeconds", "600", "601")]
    [TestCase(typeof(RetryOptions), "Retry:MaxRetryAfterSeconds", "900", "901")]
    [TestCase(typeof(LeaseOptions), "Leases:DurationSeconds", "10", "9")]
    [TestCase(typeof(IdempotencyOptions), "Idempotency:RetentionDays", "365", "366")]
    public void Setting_InAndOutOfRange_IsBoundAndChecked(Type options, string key, string valid, string invalid)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(key);
        var name = key.Split(':')[1];

        Assert.That(FormattableString.Invariant($"{Read(options, name, key, valid)}"), Is.EqualTo(valid));
        Assert.That(
            () => Read(options, name, key, invalid),
            Throws.TypeOf<TargetInvocationException>().With.InnerException.TypeOf<OptionsValidationException>()
                .And.InnerException.Message.Contains(name));
    }

    [TestCaseSource(nameof(Middleware))]
    public async Task UseMiddleware_OneAloneAndTwice_RunsAJob(MethodInfo use)
    {
        ArgumentNullException.ThrowIfNull(use);
        var services = new ServiceCollection();
        services.AddLogging().AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddSingleton<JobBody>(static (context, _) =>
        {
            context.Progress.Report(new JobProgress("half", 1, 2));
            return Task.FromResult(JobResult.Succeeded("Done."));
        });
        var builder = services.AddMaintenanceDispatcher();
        use.Invoke(null, [builder]);
        use.Invoke(null, [builder]);
        builder.AddJob<DelegateJob>(TestRun.JobName);
        await using var provider = services.BuildServiceProvider(
            new ServiceProviderOptions { ValidateScopes = true, ValidateOnBuild = true });

        var request = provider.GetRequiredService<JobRequestReader>().Bind(new JobRequest(TestRun.JobName));
        var record = await provider.GetRequiredService<IJobDispatcher>().DispatchAsync(request);

        Assert.That((record.Status, record.Summary), Is.EqualTo((JobStatus.Succeeded, "Done.")));
    }

    private static IEnumerable<TestCaseData> Middleware() =>
        typeof(MiddlewareBuilderExtensions).GetMethods(BindingFlags.Public | BindingFlags.Static)
            .Where(static method => !method.IsGenericMethodDefinition)
            .Select(static method => new TestCaseData(method).SetArgDisplayNames(method.Name));

    private static object? Read(Type options, string name, string key, string value)
    {
        var harness = new JobHarness(static _ => { }, new Dictionary<string, string?> { [key] = value });
        var bound = harness.Services.GetRequiredService(typeof(IOptions<>).MakeGenericType(options));
        return options.GetProperty(name)!.GetValue(typeof(IOptions<>).MakeGenericType(options).GetProperty("Value")!.GetValue(bound));
    }
}

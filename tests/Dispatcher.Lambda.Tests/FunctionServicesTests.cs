using System.Text;
using Dispatcher.Hosting;
using Dispatcher.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Moq;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace Dispatcher.Lambda.Tests;

public sealed class FunctionServicesTests
{
    [Test]
    public void Build_Nothing_LogsToTheOutput()
    {
        using var output = new MemoryStream();
        using var services = Build(
            configured => configured.AddSingleton(new LambdaOutput(output)).AddSingleton(Configuration()));

        services.GetRequiredService<ILoggerFactory>().CreateLogger("x").LogInformation("Mine.");

        Assert.That(Encoding.UTF8.GetString(output.ToArray()), Does.StartWith("{").And.Contains("\"Mine.\""));
    }

    [Test]
    public void Build_CallerLogs_AddsNoLoggerOfItsOwn()
    {
        using var logs = new RecordingLoggerProvider();
        using var services = Build(configured => configured.AddSingleton<ILoggerProvider>(logs));

        services.GetRequiredService<ILoggerFactory>().CreateLogger("x").LogInformation("Mine.");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(services.GetServices<ILoggerProvider>(), Is.EqualTo(new[] { logs }));
            Assert.That(logs.Lines, Is.EqualTo(new[] { "Information x: Mine." }));
        }
    }

    [Test]
    public void Build_CallerSetsALevel_KeepsIt()
    {
        using var services = Build(
            configured => configured.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Error)));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(services.GetServices<ILoggerProvider>(), Is.Empty);
            Assert.That(services.GetRequiredService<ILogger<FunctionServicesTests>>().IsEnabled(LogLevel.Warning), Is.False);
        }
    }

    [Test]
    public void Build_CallerHasSinks_AddsNone()
    {
        var runs = new RecordingRunSink();
        var metrics = new RecordingMetricsSink();
        using var services = Build(
            configured => configured.AddSingleton<IRunSink>(runs).AddSingleton<IMetricsSink>(metrics));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(services.GetServices<IRunSink>(), Is.EqualTo(new[] { runs }));
            Assert.That(services.GetServices<IMetricsSink>(), Is.EqualTo(new[] { metrics }));
        }
    }

    [Test]
    public void Build_CallerHasOutputClockAndConfiguration_UsesThem()
    {
        var output = new LambdaOutput(Stream.Null);
        var clock = new TestClock();
        var configuration = Configuration();
        using var services = Build(
            configured => configured.AddSingleton(output).AddSingleton<TimeProvider>(clock).AddSingleton(configuration));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(services.GetRequiredService<LambdaOutput>(), Is.SameAs(output));
            Assert.That(services.GetRequiredService<TimeProvider>(), Is.SameAs(clock));
            Assert.That(services.GetRequiredService<IConfiguration>(), Is.SameAs(configuration));
        }
    }

    [TestCase(null, true)]
    [TestCase("", true)]
    [TestCase(" ", true)]
    [TestCase("emf", true)]
    [TestCase("EMF", true)]
    [TestCase("none", false)]
    public async Task Build_MetricsSink_DecidesWhetherTheOutputHasMetrics(string? configured, bool expected)
    {
        using var output = new MemoryStream();
        using var services = Build(
            given => given.AddSingleton(new LambdaOutput(output)).AddSingleton(Configuration(("METRICS_SINK", configured))));

        await services.InvokeAsync("""{"job":"touch","dryRun":true}""");

        Assert.That(Encoding.UTF8.GetString(output.ToArray()), expected ? Does.Contain("\"_aws\"") : Does.Not.Contain("\"_aws\""));
    }

    [Test]
    public void Build_MetricsSinkUnknown_SaysWhatThereIs()
    {
        Assert.That(
            () => Build(given => given.AddSingleton(Configuration(("METRICS_SINK", "emv")))),
            Throws.InvalidOperationException.With.Message.EqualTo(
                "The environment variable METRICS_SINK is 'emv'. Set it to one of: cloudwatch, emf, none."));
    }

    [Test]
    public void Build_NothingConfigured_WritesRunsAndAuditToTheLogAlone()
    {
        using var services = Build(given => given.AddSingleton(Configuration(("RUNS_TABLE", ""), ("AUDIT_BUCKET", " "))));

        Assert.That(Sinks(services), Is.EqualTo(new[] { "LambdaRunSink", "LambdaAuditSink" }));
    }

    [Test]
    public void Build_TableAndBucketConfigured_AddsThemToTheLog()
    {
        using var services = Build(
            given => given.AddSingleton(Configuration(("RUNS_TABLE", "runs"), ("AUDIT_BUCKET", "audit"))));

        Assert.That(Sinks(services), Is.EqualTo(new[] { "LambdaRunSink", "RunTable", "LambdaAuditSink", "S3AuditSink" }));
    }

    [TestCase("RUNS_TABLE", "my table", "my table")]
    [TestCase("RUNS_RETENTION_DAYS", "none", "runs")]
    [TestCase("AUDIT_BUCKET", "s3://audit", "runs")]
    [TestCase("PLAN_BUCKET", "s3://plans", "runs")]
    [TestCase("PLAN_ACCOUNT", "production", "runs")]
    [TestCase("JOB_QUEUE_URL", "https://sqs.eu-central-1.amazonaws.com/123456789012/jobs.fifo", "runs")]
    public void Build_SettingIsWrong_SaysWhich(string name, string value, string table)
    {
        (string, string?)[] settings = name == "RUNS_TABLE" ? [("RUNS_TABLE", table)] : [("RUNS_TABLE", table), (name, value)];

        Assert.That(
            () => Build(given => given.AddSingleton(Configuration(settings))),
            Throws.InvalidOperationException.With.Message.StartsWith($"The environment variable {name} is '{value}'"));
    }

    [TestCase(null, null)]
    [TestCase(" ", null)]
    [TestCase("https://sqs.eu-central-1.amazonaws.com/123456789012/jobs", "SqsRequestSender")]
    public void Build_JobQueue_IsWhereContinuationsGo(string? url, string? expected)
    {
        using var services = Build(given => given.AddSingleton(Configuration(("JOB_QUEUE_URL", url))));

        Assert.That(services.GetService<IRequestSender>()?.GetType().Name, Is.EqualTo(expected));
    }

    [Test]
    public void Build_CallerHasASender_KeepsIt()
    {
        var sender = Mock.Of<IRequestSender>();
        using var services = Build(given => given
            .AddSingleton(Configuration(("JOB_QUEUE_URL", "https://sqs.eu-central-1.amazonaws.com/123456789012/jobs")))
            .AddSingleton(sender));

        Assert.That(services.GetServices<IRequestSender>(), Is.EqualTo(new[] { sender }));
    }

    [Test]
    public void Build_LibraryTriesToAddAConfiguration_KeepsTheDefault()
    {
        using var services = Build(given => given.TryAddSingleton<IConfiguration>(_ => Configuration()));

        Assert.That(((IConfigurationRoot)services.GetRequiredService<IConfiguration>()).Providers.Count(), Is.GreaterThan(1));
    }

    [Test]
    public void Build_ConfigurationIsAFactory_SaysSo()
    {
        Assert.That(
            () => Build(given => given.AddSingleton(_ => Configuration())),
            Throws.InvalidOperationException.With.Message.Contains("Register an instance"));
    }

    private static IEnumerable<string> Sinks(IServiceProvider services) =>
        services.GetServices<IRunSink>().Cast<object>().Concat(services.GetServices<IAuditSink>()).Select(sink => sink.GetType().Name);

    private static ServiceProvider Build(Action<IServiceCollection> configure) => FunctionServices.Build(TouchFunction.AddJobs, configure);

    private static IConfiguration Configuration(params (string Key, string? Value)[] values) =>
        new ConfigurationBuilder().AddInMemoryCollection(values.Select(value => KeyValuePair.Create(value.Key, value.Value))).Build();
}

using Dispatcher.Hosting;
using Dispatcher.Pipeline;
using Dispatcher.Tests.TestRuns;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Dispatcher.Tests.Registration;

public sealed class RegistrationTests
{
    private readonly ServiceCollection _services = new();

    [TestCase("daily-uptime")]
    [TestCase("a")]
    [TestCase("job2-x")]
    public void AddJob_KebabCase_IsAccepted(string name) =>
        Assert.That(() => _services.AddMaintenanceDispatcher().AddJob<DelegateJob>(name), Throws.Nothing);

    [TestCase("")]
    [TestCase("Daily")]
    [TestCase("daily_uptime")]
    [TestCase("-x")]
    [TestCase("x-")]
    [TestCase("x--y")]
    [TestCase("2x")]
    [TestCase("$list")]
    [TestCase("x\n")]
    public void AddJob_NotKebabCase_IsRefused(string name) =>
        Assert.That(
            () => _services.AddMaintenanceDispatcher().AddJob<DelegateJob>(name),
            Throws.ArgumentException.With.Message.StartsWith(
                $"'{name}' is not a job name. Use lower-case words joined by '-', such as 'rotate-logs'."));

    [Test]
    public void AddJob_SameNameTwice_IsRefused() =>
        Assert.That(
            () => _services.AddMaintenanceDispatcher(
                ).AddJob<DelegateJob>("x").AddJob<SampleJob, SampleParameters>("x", SampleJsonContext.Default.SampleParameters),
            Throws.ArgumentException.With.Message.StartsWith(
                "A job named 'x' is registered already. Give each registration a different name."));

    [Test]
    public void AddJob_SameClassUnderTwoNames_IsTwoJobs()
    {
        _services.AddMaintenanceDispatcher().AddJob<DelegateJob>("b").AddJob<DelegateJob>("a");

        Assert.That(Build().GetRequiredService<JobRegistry>().Jobs.Select(job => job.Name), Is.EqualTo(new[] { "a", "b" }));
    }

    [Test]
    public void AddJob_LimitsOutOfRange_AreRefusedAllAtOnce() =>
        Assert.That(
            () => _services.AddMaintenanceDispatcher().AddJob<DelegateJob>("x", job =>
            {
                job.MaxChanges = -1;
                job.MaxChangesPercent = 100.5m;
                job.MaxBytes = -2;
                job.MaxChangesPerSecond = 0;
            }),
            Throws.ArgumentException.With.Message.StartsWith(
                "Job 'x': MaxChanges is -1. Set it to a whole number from 0. MaxChangesPercent is 100.5. Set it to a number from 0 to 100. "
                + "MaxBytes is -2. Set it to a whole number from 0. MaxChangesPerSecond is 0. Set it to a whole number from 1."));

    [Test]
    public void AddJob_LimitsAndOverlap_AreInTheRegistration()
    {
        _services.AddMaintenanceDispatcher()
            .AddJob<DelegateJob>("limited", static job =>
            {
                (job.MaxChanges, job.MaxChangesPercent, job.MaxBytes, job.MaxChangesPerSecond) = (1, 2.5m, 3, 4);
                Assert.That(
                    (job.MaxChanges, job.MaxChangesPercent, job.MaxBytes, job.MaxChangesPerSecond), Is.EqualTo((1L, 2.5m, 3L, 4L)));
            })
            .AddJob<DelegateJob>("single", static job => job.PreventOverlap());

        var registry = Build().GetRequiredService<JobRegistry>();
        var (limited, single) = (registry.Get("limited"), registry.Get("single"));

        Assert.That(
            limited.Limits,
            Is.EqualTo(new ChangeLimits { MaxChanges = 1, MaxChangesPercent = 2.5m, MaxBytes = 3, MaxChangesPerSecond = 4 }));
        Assert.That((limited.MaxChanges, limited.PreventsOverlap), Is.EqualTo((1L, false)));
        Assert.That((single.MaxChanges, single.PreventsOverlap), Is.EqualTo(((long?)null, true)));
    }

    [Test]
    public void UseMiddleware_Repeated_KeepsTheFirstPlace()
    {
        _services.AddMaintenanceDispatcher().UseRetry().UseStandardMiddleware().UseTelemetry();

        Assert.That(
            Build().GetRequiredService<JobPipeline>().ToString(),
            Is.EqualTo("RetryMiddleware > ShardEndMiddleware > TelemetryMiddleware > PlanMiddleware > IdempotencyMiddleware > "
                + "ContinuationMiddleware > ShardStartMiddleware > OverlapMiddleware > DeadlineMiddleware > DryRunMiddleware > job"));
    }

    [Test]
    public void AddMaintenanceDispatcher_Twice_IsOneDispatcher()
    {
        _services.AddMaintenanceDispatcher().AddJob<DelegateJob>("a");
        _services.AddMaintenanceDispatcher().AddJob<DelegateJob>("b");
        var services = Build();

        Assert.That(services.GetServices<IJobDispatcher>().ToList(), Has.Count.EqualTo(1));
        Assert.That(services.GetRequiredService<JobRegistry>().Jobs.Select(job => job.Name), Is.EqualTo(new[] { "a", "b" }));
    }

    [Test]
    public async Task Build_StandardMiddleware_RunsAPayload()
    {
        _services.AddSingleton<JobBody>((_, _) => Task.FromResult(JobResult.Succeeded("done")));
        _services.AddMaintenanceDispatcher().UseStandardMiddleware().AddJob<DelegateJob>("a");
        var services = Build();

        var request = services.GetRequiredService<JobRequestReader>().Read(JobRequestReader.Parse("""{"job":"a"}"""u8));
        var record = await services.GetRequiredService<IJobDispatcher>().DispatchAsync(request);

        Assert.That((record.Status, record.Summary), Is.EqualTo((JobStatus.Succeeded, "done")));
    }

    [TestCase("Retry:MaxAttempts", "0")]
    [TestCase("Deadline:ReportMarginSeconds", "61")]
    [TestCase("Telemetry:MetricsNamespace", "no spaces")]
    public void Build_OptionOutOfRange_IsRefusedByName(string key, string value)
    {
        _services.AddMaintenanceDispatcher().UseStandardMiddleware();

        Assert.That(
            () => Build(new() { [key] = value }).GetRequiredService<IJobDispatcher>(),
            Throws.TypeOf<OptionsValidationException>().With.Message.Contains(key.Split(':')[1]));
    }

    private ServiceProvider Build(Dictionary<string, string?>? configuration = null)
    {
        _services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(configuration).Build());
        _services.AddLogging();
        _services.AddSingleton<JobBody>((_, _) => Task.FromResult(JobResult.Succeeded("done")));
        return _services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
    }
}

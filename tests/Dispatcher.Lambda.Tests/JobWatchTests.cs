using System.Text.Json;
using Dispatcher.Aws.History;
using Dispatcher.Hosting;
using Dispatcher.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Moq;

namespace Dispatcher.Lambda.Tests;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class JobWatchTests : IDisposable
{
    private static readonly Dictionary<string, string?> Weekly = new()
    {
        ["Watch:Rhythm"] = "false",
        ["Watch:Weekly:Job"] = "start-task",
        ["Watch:Weekly:Task"] = "weekly",
        ["Watch:Weekly:MaxHours"] = "192",
    };

    private readonly CapturedOutput _captured = new();
    private readonly TestClock _clock = new();
    private readonly MemoryRunStore _store;

    public JobWatchTests() => _store = new MemoryRunStore(_clock);

    public void Dispose() => _captured.Dispose();

    [TestCase(1, 0)]
    [TestCase(9, 1)]
    public async Task Watch_LastSuccessSoManyDaysAgo_EmitsWhetherItIsOverdue(int days, int overdue)
    {
        await WriteAsync("weekly", days);
        await WriteAsync("other", 0);
        await using var services = Build(Weekly, _store);

        var answer = await services.InvokeAsync("""{"job":"$watch"}""");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Metrics(), Is.EqualTo(new[]
            {
                $$"""["Job","Task"] start-task weekly Overdue={{overdue}}""",
                $"[]   OverdueJobs={overdue}",
            }));
            Assert.That(answer.GetProperty("overdue").GetInt32(), Is.EqualTo(overdue));
            Assert.That(answer.GetProperty("jobs")[0].GetProperty("overdue").GetBoolean(), Is.EqualTo(overdue == 1));
            Assert.That(answer.GetProperty("jobs")[0].GetProperty("maxHours").GetInt32(), Is.EqualTo(192));
        }
    }

    [Test]
    public async Task Watch_OverdueJob_IsLoggedWithTheRemedy()
    {
        await using var services = Build(Weekly, _store);

        await services.InvokeAsync("""{"job":"$watch","parameters":{}}""");

        Assert.That(
            _captured.Json.Where(static line => line.TryGetProperty("level", out var level) && level.GetString() == "ERROR")
                .Select(static line => line.GetProperty("message").GetString()),
            Is.EqualTo(new[]
            {
                "Overdue: start-task, task weekly. task weekly: no success within 8 d, the limit of Watch:Weekly:MaxHours. "
                    + "Look at 'history start-task' and 'schedules' in the tool, remove the cause, and run the job by hand once.",
            }));
    }

    [Test]
    public async Task Watch_StoreThatCannotBeRead_FailsAndEmitsNothing()
    {
        var store = new Mock<IRunStore>();
        store.SetupGet(static broken => broken.Location).Returns("DynamoDB table runs");
        store.Setup(static broken => broken.ListAsync(It.IsAny<RunQuery>(), It.IsAny<CancellationToken>()))
            .Throws(new TimeoutException("No answer."));
        await using var services = Build(Weekly, store.Object);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                async () => await services.InvokeAsync("""{"job":"$watch"}"""),
                Throws.InvalidOperationException.With.Message.StartsWith(
                    "Whether a job is overdue is not known: DynamoDB table runs cannot be read."));
            Assert.That(Metrics(), Is.Empty);
            Assert.That(_captured.Text, Does.Contain("\"level\":\"ERROR\""));
        }
    }

    [Test]
    public async Task Watch_MetricsThatCannotBeWritten_Fails()
    {
        var sink = new Mock<IMetricsSink>();
        sink.Setup(static broken => broken.EmitAsync(It.IsAny<MetricBatch>(), It.IsAny<CancellationToken>()))
            .ThrowsAsync(new TimeoutException("No answer."));
        await using var services = Build(Weekly, _store, given => given.AddSingleton(sink.Object));

        Assert.That(async () => await services.InvokeAsync("""{"job":"$watch"}"""), Throws.TypeOf<TimeoutException>());
    }

    [Test]
    public async Task Watch_NoRunStore_SaysWhatToSet()
    {
        await using var services = Build(Weekly, null);

        Assert.That(
            async () => await services.InvokeAsync("""{"job":"$watch"}"""),
            Throws.TypeOf<JobRequestException>().With.Message.Contains("Set RUNS_TABLE."));
    }

    [TestCase("""{"job":"$watch","parameters":{"name":"a"}}""", "'$watch' has no parameters.")]
    [TestCase("""{"job":"$wach"}""", "Did you mean '$watch'?")]
    public async Task Watch_AskedWrongly_SaysHowToAsk(string payload, string problem)
    {
        await using var services = Build(Weekly, _store);

        Assert.That(async () => await services.InvokeAsync(payload), Throws.TypeOf<JobRequestException>().With.Message.Contains(problem));
    }

    [TestCase("Watch:Weekly:MaxHours", "0", "Watch:Weekly:MaxHours is '0'. Set it to a whole number of hours from 1 to 10,080.")]
    [TestCase("Watch:Weekly:MaxHours", null, "Watch:Weekly:MaxHours is missing.")]
    [TestCase("Watch:Weekly:MaxHours", "2400", "runs are kept for 90 days only. Set RUNS_RETENTION_DAYS to 101 or more.")]
    [TestCase("Watch:Weekly:Job", "start-tsk", "Did you mean 'start-task'?")]
    [TestCase("Watch:Weekly:Hours", "4", "Watch:Weekly:Hours is unknown. Did you mean 'MaxHours'?")]
    [TestCase("Watch:Rhythm", "often", "Watch:Rhythm is 'often'. Set it to true or false.")]
    [TestCase("Watch:probe:Task", "a", "the runs of 'probe' have no tasks. Remove it.")]
    public async Task Watch_SettingThatIsInvalid_IsNamed(string key, string? value, string problem)
    {
        await using var services = Build(
            new(Weekly) { [RunTableSettings.NameKey] = "runs", [key] = value }, _store);

        Assert.That(
            async () => await services.InvokeAsync("""{"job":"$watch"}"""),
            Throws.TypeOf<JobRequestException>().With.Message.Contains(problem));
    }

    [Test]
    public async Task Watch_LimitByTheNameOfTheJob_NeedsNoJob()
    {
        await using var services = Build(
            new() { ["Watch:Rhythm"] = "false", ["Watch:START_TASK:MaxHours"] = "24" }, _store);
        await WriteAsync("any", 0);

        Assert.That((await services.InvokeAsync("""{"job":"$watch"}""")).GetProperty("overdue").GetInt32(), Is.Zero);
    }

    private ServiceProvider Build(Dictionary<string, string?> settings, IRunStore? store, Action<IServiceCollection>? add = null)
    {
        var services = new ServiceCollection();
        services.AddSingleton(_captured.Output);
        services.AddSingleton<TimeProvider>(_clock);
        services.AddSingleton(new ProbeBehaviour());
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        if (store is not null)
        {
            services.AddSingleton(store);
        }

        add?.Invoke(services);
        services.AddMaintenanceDispatcher()
            .UseStandardMiddleware()
            .AddJob<ProbeJob>("probe")
            .AddJob<ProbeJob>("start-task", static options => options.TaskParameter = "task")
            .AddLambdaHost()
            .AddEmfMetrics()
            .AddLogLines();
        return services.BuildServiceProvider();
    }

    private Task WriteAsync(string task, int daysAgo) => _store.WriteAsync(
        RunRecordBuilder.Create("start-task", _clock.GetUtcNow().AddDays(-daysAgo).AddMinutes(-1)) with { Task = task },
        CancellationToken.None);

    private string[] Metrics() =>
    [
        .. from line in _captured.Json
           where line.TryGetProperty("_aws", out _)
           let directive = line.GetProperty("_aws").GetProperty("CloudWatchMetrics")[0]
           let metric = directive.GetProperty("Metrics")[0].GetProperty("Name").GetString()
           select $"{directive.GetProperty("Dimensions")[0].GetRawText()} {Text(line, "Job")} {Text(line, "Task")} "
               + $"{metric}={line.GetProperty(metric!).GetDouble()}",
    ];

    private static string? Text(JsonElement line, string name) => line.TryGetProperty(name, out var value) ? value.GetString() : null;
}

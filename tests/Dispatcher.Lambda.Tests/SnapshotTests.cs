using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Dispatcher.Hosting;
using Dispatcher.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Lambda.Tests;

/// <summary>Starts the function as Lambda does with SnapStart, and calls what it registers for the snapshot.</summary>
public sealed class SnapshotTests
{
    private const string FunctionName = "Dispatcher.Lambda.Tests";

    private static readonly (string, string) SnapStart = ("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start");

    [Test]
    public async Task RunAsync_SnapStart_WritesTheLinesOfTheInvocationAndNoOthers()
    {
        await using var function = FunctionProcess.Start($"{FunctionName}.dll", SnapStart);
        await function.WaitForSnapshotAsync();

        var answer = await function.InvokeAsync("""{"job":"touch","dryRun":true}""");

        await AssertOnlyLinesOfAsync(answer, function);
    }

    [Test]
    public async Task HandleAsync_ClassLibraryWithSnapStart_WritesTheLinesOfTheInvocationAndNoOthers()
    {
        using var package = new LambdaPackage();
        package.LeaveOutRuntime(FunctionName);
        await using var function = FunctionProcess.StartClassLibrary(
            package.Folder, $"{FunctionName}::{typeof(TouchFunction).FullName}::{nameof(TouchFunction.HandleAsync)}", SnapStart);
        await function.WaitForSnapshotAsync();

        var answer = await function.InvokeAsync("""{"job":"touch","dryRun":true}""");

        await AssertOnlyLinesOfAsync(answer, function);
    }

    [Test]
    public async Task RunAsync_SnapStartWithStores_ConnectsToNothingBeforeTheSnapshot()
    {
        using var aws = new TcpListener(IPAddress.Loopback, 0);
        aws.Start();
        await using var function = FunctionProcess.Start(
            $"{FunctionName}.dll",
            SnapStart,
            ("AWS_ENDPOINT_URL", $"http://127.0.0.1:{((IPEndPoint)aws.LocalEndpoint).Port}"),
            ("AWS_REGION", "eu-central-1"),
            ("AWS_ACCESS_KEY_ID", "test"),
            ("AWS_SECRET_ACCESS_KEY", "test"),
            ("RUNS_TABLE", "runs"),
            ("AUDIT_BUCKET", "audit"),
            ("JOB_QUEUE_URL", $"http://127.0.0.1:{((IPEndPoint)aws.LocalEndpoint).Port}/123456789012/jobs"));

        await function.WaitForSnapshotAsync();

        Assert.That(aws.Pending(), Is.False);
    }

    [Test]
    public async Task PrepareAndRestore_RegisteredState_IsDiscardedAtBothMoments()
    {
        var state = new CountedState();
        await using var services = Build(new ProbeBehaviour(), configured => configured.AddSingleton<ISnapshotState>(state));
        var snapshot = new Snapshot(services);

        await snapshot.PrepareAsync();
        var beforeSnapshot = state.Discarded;
        await snapshot.RestoreAsync();

        Assert.That((beforeSnapshot, state.Discarded), Is.EqualTo((1, 2)));
    }

    [Test]
    public async Task PrepareAsync_Jobs_AreDescribedAndNotCreated()
    {
        var behaviour = new ProbeBehaviour();
        using var output = new CapturedOutput();
        await using var services = Build(behaviour, configured => configured.AddSingleton(output.Output));

        await new Snapshot(services).PrepareAsync();

        Assert.That((behaviour.Made, output.Text), Is.EqualTo((0, string.Empty)));
    }

    [Test]
    public async Task PrepareAsync_MapperThrows_NamesTheJobInAWarningAndGoesOn()
    {
        var state = new CountedState();
        using var output = new CapturedOutput();
        await using var services = Build(new ProbeBehaviour(), configured => configured
            .AddSingleton<ISnapshotState>(state)
            .AddSingleton<IPayloadMapper, BrokenMapper>()
            .AddSingleton(output.Output));

        await new Snapshot(services).PrepareAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(state.Discarded, Is.EqualTo(1));
            Assert.That(output.Json.Single().GetProperty("level").GetString(), Is.EqualTo("WARN"));
            Assert.That(output.Json.Single().GetProperty("message").GetString(), Does.Contain("payloads of 'probe'"));
        }
    }

    [Test]
    public async Task Invoke_TwoFunctionsPreparedAlikeWithTheSameClock_HaveDifferentIds()
    {
        var ids = new List<string>();
        for (var function = 0; function < 2; function++)
        {
            await using var services = Build(
                new ProbeBehaviour(), static configured => configured.AddSingleton<TimeProvider>(new TestClock()));
            var snapshot = new Snapshot(services);
            await snapshot.PrepareAsync();
            await snapshot.RestoreAsync();

            var answer = await services.InvokeAsync("""{"job":"probe"}""");
            ids.Add(answer.GetProperty("runId").GetString()!);
        }

        Assert.That(ids, Is.Unique);
    }

    [Test]
    public async Task WarmUp_Always_EndsAPlanAndARun()
    {
        var records = await WarmUp.RunAsync();

        Assert.That(
            records.Select(record => (record.Status, record.Changes.Proposed, record.Changes.Applied)),
            Is.EqualTo(new[] { (JobStatus.Planned, 1L, 0L), (JobStatus.Succeeded, 1L, 1L) }));
    }

    private static ServiceProvider Build(ProbeBehaviour behaviour, Action<IServiceCollection> configure) => FunctionServices.Build(
        jobs => jobs.AddJob<ProbeJob>("probe"),
        services =>
        {
            services.AddSingleton(behaviour);
            services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
            configure(services);
        });

    private static async Task AssertOnlyLinesOfAsync(FakeRuntimeApi.Answer answer, FunctionProcess function)
    {
        var lines = await function.StopRawAsync();
        var runId = answer.Body.GetProperty("runId").GetString();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.Path, Is.EqualTo("invocation/request-1/response"));
            Assert.That(lines.Count(line => line.Contains("\"attempts\"", StringComparison.Ordinal)), Is.EqualTo(1), "record");
            Assert.That(lines.Count(line => line.Contains("\"_aws\"", StringComparison.Ordinal)), Is.EqualTo(1), "metrics");
            Assert.That(
                lines.Where(line => !line.Contains("A job may write", StringComparison.Ordinal)),
                Is.Not.Empty.And.All.Contains(runId));
        }
    }

    private sealed class BrokenMapper : IPayloadMapper
    {
        public bool CanMap(JsonElement payload) => throw new InvalidOperationException("no such table");

        public JsonElement? Map(JsonElement payload, ProblemList problems) => null;
    }

    private sealed class CountedState : ISnapshotState
    {
        public int Discarded { get; private set; }

        public void Discard() => Discarded++;
    }
}

using System.Globalization;
using Dispatcher.Hosting;
using Dispatcher.Jobs.Http.Tests.Server;
using Dispatcher.Testing;

namespace Dispatcher.Jobs.Http.Tests;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class HttpTriggerContractTests : IAsyncDisposable
{
    // Two scripts: what a test makes of the first request, and success ever after.
    private readonly MisbehavingServer _server = new(MisbehavingServer.Answer(200), MisbehavingServer.Answer(200));
    private readonly JobContract _contract;

    public HttpTriggerContractTests() =>
        _contract = new JobContract(() => HttpTriggerHarness.Create(), HttpTriggerHarness.Payload(_server.Url));

    [Test]
    public Task DryRun_ProposesWhatTheRealRunApplies() =>
        _contract.DryRunProposesWhatTheRealRunAppliesAsync(
            () => Task.FromResult(_server.Requests.Count.ToString(CultureInfo.InvariantCulture)));

    [Test]
    public Task Limit_StopsTheRun() =>
        _contract.LimitStopsTheRunAsync(() => Task.FromResult(_server.Requests.Count.ToString(CultureInfo.InvariantCulture)));

    [Test]
    public Task AppliedPlan_MakesExactlyItsChanges() => _contract.AppliedPlanMakesExactlyItsChangesAsync();

    [Test]
    public async Task AppliedPlan_EndpointHasChangedSince_SendsNothing()
    {
        await using var planner = HttpTriggerHarness.Create(Endpoint($"{_server.Url}?day=1"));
        await planner.RunAsync("""{"job":"http-trigger","dryRun":true,"plan":"memory:plan","parameters":{"endpoint":"e"}}""");
        await using var harness = HttpTriggerHarness.Create(Endpoint($"{_server.Url}?day=2"));
        harness.Plans.Write("memory:plan", planner.Plans.Read("memory:plan"));

        var record = await harness.RunAsync("""{"job":"http-trigger","plan":"memory:plan"}""");

        Assert.That(record.Status, Is.EqualTo(JobStatus.Skipped), record.Summary);
        Assert.That(record.Summary, Does.Contain("was not sent: changed since the plan: was Idempotency-Key="));
        Assert.That(_server.Requests, Is.Empty);
    }

    [Test]
    public async Task Plan_ParameterThatMayHoldASecret_IsRefused()
    {
        await using var harness = HttpTriggerHarness.Create();

        Assert.That(
            () => harness.RunAsync(
                """{"job":"http-trigger","dryRun":true,"plan":"memory:plan","parameters":{"url":"http://127.0.0.1/","headers":{"X-Key":"k"}}}"""),
            Throws.TypeOf<JobRequestException>().With.Message.Contains("Parameter 'headers' may hold a secret, and a plan holds the "
                + "parameters of its run. Remove it, and let the configuration provide it"));
    }

    [Test]
    public Task Cancellation_StopsWithinASecond()
    {
        _server.Script(0, MisbehavingServer.Silence());
        return _contract.CancellationStopsWithinASecondAsync(_server.RequestArrived.Task);
    }

    [Test]
    public Task BadParameters_AreReportedTogether() =>
        _contract.BadParametersAreReportedTogetherAsync(
            """{"url":"http://example.com/","method":"post","timeoutSeconds":0}""", "url", "method", "timeoutSeconds");

    [Test]
    public Task UnknownParameter_IsRefused() => _contract.UnknownParameterIsRefusedAsync();

    [TestCase(503)]
    [TestCase(429)]
    public Task TransientFailure_IsRetried(int status) =>
        _contract.TransientFailureIsRetriedAsync(() => _server.Script(0, MisbehavingServer.Answer(status)));

    [TestCase(401)]
    [TestCase(301)]
    public Task PermanentFailure_IsNotRetried(int status) =>
        _contract.PermanentFailureIsNotRetriedAsync(() => _server.Script(0, MisbehavingServer.Answer(status)));

    private static Dictionary<string, string?> Endpoint(string url) => new() { ["HttpEndpoints:e:Url"] = url };

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();
}

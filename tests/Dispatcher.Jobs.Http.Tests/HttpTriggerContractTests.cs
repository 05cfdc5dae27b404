using System.Globalization;
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
    public Task AppliedPlan_MakesExactlyItsChanges() => _contract.AppliedPlanMakesExactlyItsChangesAsync();

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

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();
}

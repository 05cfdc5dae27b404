using Dispatcher.Hosting;
using Dispatcher.IntegrationTests.Postgres.Servers;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.IntegrationTests.Postgres.Batches;

/// <summary>Batches whose connection is lost at their COMMIT.</summary>
public sealed class LostCommitTests
{
    private BatchWorld _world = null!;

    [SetUp]
    public async Task CreateAsync() => _world = await BatchWorld.CreateAsync();

    [TearDown]
    public async Task DropAsync() => await _world.DisposeAsync();

    [Test]
    public async Task Run_ServerHasCommitted_GoesOnAsIfTheAnswerHadCome()
    {
        var record = await RunAsync(CuttingProxy.Cut.AfterCommit, maxAttempts: 1);

        Assert.That(record.Status, Is.EqualTo(JobStatus.Succeeded), record.Summary);
        Assert.That(record.Changes.Applied, Is.EqualTo(25));
        Assert.That(_world.Audit.Entries.Select(entry => entry.Outcome).Distinct(), Is.EqualTo(new[] { AuditOutcome.Applied }));
    }

    [Test]
    public async Task Run_ServerHasNotSeenTheCommit_FailsAndIsTriedAgain()
    {
        var record = await RunAsync(CuttingProxy.Cut.BeforeCommit, maxAttempts: 2);

        Assert.That(record.Status, Is.EqualTo(JobStatus.Succeeded), record.Summary);
        Assert.That(record.Attempts, Is.EqualTo(2));
        Assert.That(record.Changes.Applied, Is.EqualTo(25));
        Assert.That(_world.Audit.Entries[0].Outcome, Is.EqualTo(AuditOutcome.Failed));
        Assert.That(_world.Audit.Entries[0].Error, Does.Contain("the server says that it rolled the transaction back"));
    }

    [Test]
    public async Task Run_ServerCannotBeAsked_LeavesTheOutcomeUnknown()
    {
        var record = await RunAsync(CuttingProxy.Cut.AfterCommitWithAnOutage, maxAttempts: 1);

        Assert.That(record.Status, Is.EqualTo(JobStatus.Failed));
        Assert.That(record.Summary, Does.StartWith("The answer to COMMIT was lost, so the transaction may be committed or not"));
        Assert.That(record.Changes.Applied, Is.Zero);
        Assert.That(_world.Audit.Entries.Select(entry => entry.Outcome).Distinct(), Is.EqualTo(new[] { AuditOutcome.Interrupted }));
        Assert.That(await _world.CountItemsAsync(), Is.EqualTo("15"));
    }

    [Test]
    public async Task Run_OutcomeUnknownAndTriedAgain_SumsUpWhatIsKnown()
    {
        var record = await RunAsync(CuttingProxy.Cut.AfterCommitWithAnOutage, maxAttempts: 2);

        Assert.That(record.Status, Is.EqualTo(JobStatus.Succeeded), record.Summary);
        Assert.That(record.Summary, Is.EqualTo(
            "Changed 15 items in 2 transactions. 10 more were changed or not: the answer to COMMIT was lost."));
        Assert.That(await _world.CountItemsAsync(), Is.EqualTo("0"));
    }

    private async Task<RunRecord> RunAsync(CuttingProxy.Cut cut, int maxAttempts)
    {
        var server = _world.Database.Server;
        using var proxy = new CuttingProxy(server.Port, cut);
        var url = (server with { Port = proxy.Port }).Url(_world.Database.Name);
        await using var harness = _world.Harness(
            url: url,
            configure: builder => builder.Services.AddSingleton<IAuditSink>(new OutageEnd(proxy)),
            maxAttempts: maxAttempts);
        return await harness.RunAsync(BatchWorld.Payload);
    }

    /// <summary>Ends the outage when the run has given up asking for the outcome.</summary>
    private sealed class OutageEnd(CuttingProxy proxy) : IAuditSink
    {
        public void Write(AuditEntry entry)
        {
            if (entry.Outcome == AuditOutcome.Interrupted)
            {
                proxy.EndOutage();
            }
        }

        public Task CompleteAsync(RunRecord summary, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}

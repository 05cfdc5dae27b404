using Dispatcher.Hosting;
using Dispatcher.IntegrationTests.Postgres.MaterializedViewRefresh;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.IntegrationTests.Postgres.Batches;

public sealed class BatchTests
{
    private BatchWorld _world = null!;

    [SetUp]
    public async Task CreateAsync() => _world = await BatchWorld.CreateAsync();

    [TearDown]
    public async Task DropAsync() => await _world.DisposeAsync();

    [Test]
    public async Task Run_MoreRowsThanABatch_ChangesAllInTransactionsOfTheBatchSize()
    {
        await using var harness = _world.Harness();

        var record = await harness.RunAsync(BatchWorld.Payload);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(record.Status, Is.EqualTo(JobStatus.Succeeded), record.Summary);
            Assert.That(record.Summary, Is.EqualTo("Changed 25 items in 3 transactions."));
            Assert.That(record.Changes.Applied, Is.EqualTo(25));
            Assert.That(record.Count("itemsDeleted"), Is.EqualTo(25));
            Assert.That(
                await _world.Database.ReadRowsAsync("SELECT count(*) FROM deletion GROUP BY xid ORDER BY min(item_id)"),
                Is.EqualTo(["10", "10", "5"]));
            Assert.That(
                harness.Progress.Reports,
                Is.EqualTo(new[] { 10, 20, 25 }.Select(done => new JobProgress("Changing items", done, 25))));
        }
    }

    [Test]
    public async Task DryRun_ProposesEveryRowAndChangesNothing()
    {
        await using var harness = _world.Harness();

        var record = await harness.RunAsync(BatchWorld.DryRun);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(record.Status, Is.EqualTo(JobStatus.Planned), record.Summary);
            Assert.That(record.Summary, Is.EqualTo("Would change 25 items."));
            Assert.That(record.Changes.Proposed, Is.EqualTo(25));
            Assert.That(record.Count("itemsDeleted"), Is.EqualTo(25));
            Assert.That(await _world.CountItemsAsync(), Is.EqualTo("25"));
        }
    }

    [Test]
    public async Task Apply_PlanOfAnUnchangedTable_ChangesExactlyItsRows()
    {
        await using var harness = _world.Harness();
        await harness.RunAsync("""{"job":"batch","dryRun":true,"plan":"memory:plan"}""");

        var record = await harness.RunAsync("""{"job":"batch","plan":"memory:plan"}""");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(record.Status, Is.EqualTo(JobStatus.Succeeded), record.Summary);
            Assert.That(record.Summary, Is.EqualTo("Changed 25 items in 3 transactions."));
            Assert.That(record.Changes.Applied, Is.EqualTo(25));
            Assert.That(await _world.CountItemsAsync(), Is.EqualTo("0"));
        }
    }

    [Test]
    public async Task Apply_RowsHaveComeSince_LeavesThemAndEnds()
    {
        await using var harness = _world.Harness();
        await harness.RunAsync("""{"job":"batch","dryRun":true,"plan":"memory:plan"}""");

        // More of them than a batch holds, before and between the rows of the plan.
        await _world.Database.ExecuteAsync("INSERT INTO item SELECT generate_series(-30, 0); DELETE FROM item WHERE id = 7;");
        await _world.Database.ExecuteAsync("DELETE FROM deletion");

        var record = await harness.RunAsync("""{"job":"batch","plan":"memory:plan"}""");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(record.Status, Is.EqualTo(JobStatus.Succeeded), record.Summary);
            Assert.That(record.Changes.Applied, Is.EqualTo(24));
            Assert.That(record.Count("notInPlan"), Is.EqualTo(31));
            Assert.That(record.Count("planMissing"), Is.EqualTo(1));
            Assert.That(record.Summary, Does.Contain("31 items are not as in the plan and were left."));
            Assert.That(await _world.Database.ReadAsync("SELECT count(*) FROM item WHERE id <= 0"), Is.EqualTo("31"));
            Assert.That(await _world.Database.ReadAsync("SELECT count(*) FROM item WHERE id > 0"), Is.EqualTo("0"));
        }
    }

    [Test]
    public async Task DryRun_QueryThatWrites_IsRefused()
    {
        await _world.Database.ExecuteAsync(
            """
            CREATE FUNCTION due() RETURNS SETOF item LANGUAGE sql VOLATILE AS $$ UPDATE item SET is_done = true RETURNING * $$;
            """);
        await using var harness = _world.Harness(BatchWorld.Batch with { Query = $"SELECT id FROM due()" });

        var record = await harness.RunAsync(BatchWorld.DryRun);

        Assert.That(record.Status, Is.EqualTo(JobStatus.Failed));
        Assert.That(record.Summary, Does.StartWith("A dry run called PostgreSQL 'SELECT id FROM'"));
        Assert.That(await _world.Database.ReadAsync("SELECT count(*) FROM item WHERE is_done"), Is.EqualTo("0"));
    }

    [TestCase(true, "25", TestName = "Run_LimitBelowTheCount_ChangesNothing")]
    [TestCase(false, "5", TestName = "Run_LimitReachedWithoutACount_KeepsTheBatchesBeforeIt")]
    public async Task Run_MoreRowsThanTheLimit_Fails(bool countFirst, string left)
    {
        await using var harness = _world.Harness(BatchWorld.Batch with { CountFirst = countFirst }, maxChanges: 24);

        var record = await harness.RunAsync(BatchWorld.Payload);

        Assert.That(record.Status, Is.EqualTo(JobStatus.Failed));
        Assert.That(record.Summary, Does.Contain("may change at most 24 items"));
        Assert.That(await _world.CountItemsAsync(), Is.EqualTo(left));
    }

    [Test]
    public async Task Run_RowsLockedByAnotherSession_LeavesThemForTheNextRun()
    {
        await using var harness = _world.Harness();
        await using var held = await _world.Database.HoldAsync("SELECT FROM item WHERE id IN (3, 14) FOR UPDATE");

        var record = await harness.RunAsync(BatchWorld.Payload);

        Assert.That(record.Summary, Is.EqualTo(
            "Changed 23 of 25 items in 3 transactions. 2 are left for the next run: other sessions have locked them, or they came "
            + "meanwhile."));
        Assert.That(await _world.Database.ReadRowsAsync("SELECT id FROM item ORDER BY id"), Is.EqualTo(["3", "14"]));
    }

    [Test]
    public async Task Run_DeadlineInABatch_RollsItBackAndTheFollowUpRunGoesOn()
    {
        await _world.WaitInSecondBatchAsync();
        var continuations = new RecordingContinuations();
        await using var harness = _world.Harness(
            configure: builder => builder.Services.AddSingleton<IRequestSender>(continuations));
        var held = await _world.Database.HoldAsync("SELECT pg_advisory_xact_lock(4711)");

        var stopped = await harness.RunAsync(BatchWorld.Payload, DateTimeOffset.UtcNow.AddSeconds(12));
        var left = await _world.CountItemsAsync();
        await held.DisposeAsync();
        var next = await harness.RunAsync(BatchWorld.Payload);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(stopped.Status, Is.EqualTo(JobStatus.Continued), stopped.Summary);
            Assert.That(stopped.Summary, Does.StartWith(
                "Changed 10 of 25 items in 1 transaction before the run had to stop; the next one goes on with the rest. The rest is "
                + "queued"));
            Assert.That(stopped.Changes, Has.Property(nameof(ChangesSummary.Applied)).EqualTo(10)
                .And.Property(nameof(ChangesSummary.Failed)).EqualTo(0));
            Assert.That(left, Is.EqualTo("15"));
            Assert.That(Outcomes(20), Is.EqualTo(new[] { AuditOutcome.Applied, AuditOutcome.Skipped }));
            Assert.That(next.Status, Is.EqualTo(JobStatus.Succeeded), next.Summary);
            Assert.That(next.Changes.Applied, Is.EqualTo(15));
        }
    }

    [TestCase(false, TestName = "Run_KilledInItsDeletions_KeepsWholeBatchesOnly")]
    [TestCase(true, TestName = "Run_KilledAtItsCommit_KeepsWholeBatchesOnly")]
    public async Task Run_KilledInTheSecondBatch_KeepsWholeBatchesOnly(bool atCommit)
    {
        await _world.WaitInSecondBatchAsync(atCommit);
        await using var harness = _world.Harness();
        var held = await _world.Database.HoldAsync("SELECT pg_advisory_xact_lock(4711)");
        var run = harness.RunAsync(BatchWorld.Payload);
        await _world.Database.WaitUntilBlockedAsync("batch");

        await _world.Database.TerminateAsync("batch");
        var killed = await run;
        var left = await _world.CountItemsAsync();
        await held.DisposeAsync();
        var next = await harness.RunAsync(BatchWorld.Payload);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(killed.Status, Is.EqualTo(JobStatus.Failed), killed.Summary);
            Assert.That(killed.Changes.Applied, Is.EqualTo(10));
            Assert.That(left, Is.EqualTo("15"));
            Assert.That(Outcomes(20), Is.EqualTo(new[] { AuditOutcome.Applied, AuditOutcome.Failed }));
            Assert.That(next.Changes.Applied, Is.EqualTo(15));
            Assert.That(await _world.Database.ReadAsync("SELECT count(DISTINCT item_id) FROM deletion"), Is.EqualTo("25"));
        }
    }

    [Test]
    public async Task Run_KilledAndTriedAgain_SumsUpBothAttempts()
    {
        await _world.WaitInSecondBatchAsync();
        await using var harness = _world.Harness(maxAttempts: 2);
        var held = await _world.Database.HoldAsync("SELECT pg_advisory_xact_lock(4711)");
        var run = harness.RunAsync(BatchWorld.Payload);
        await _world.Database.WaitUntilBlockedAsync("batch");

        await _world.Database.TerminateAsync("batch");
        await held.DisposeAsync();
        var record = await run;

        Assert.That(record.Attempts, Is.EqualTo(2));
        Assert.That(record.Summary, Is.EqualTo("Changed 25 items in 3 transactions."));
        Assert.That(record.Changes.Applied, Is.EqualTo(25));
    }

    [Test]
    public async Task Run_ApplyChangesOtherRowsToo_RollsTheBatchBack()
    {
        await using var harness = _world.Harness(
            BatchWorld.Batch with { Apply = static (transaction, _, token) => transaction.ExecuteAsync($"DELETE FROM item", token) });

        var record = await harness.RunAsync(BatchWorld.Payload);

        Assert.That(record.Status, Is.EqualTo(JobStatus.Failed));
        Assert.That(record.Summary, Does.StartWith("The batch has 10 items, but its statement changed 25; it was rolled back."));
        Assert.That(await _world.CountItemsAsync(), Is.EqualTo("25"));
    }

    [Test]
    public async Task Run_ApplyLeavesRowsThatTheQueryFinds_FailsInsteadOfChangingThemForEver()
    {
        await using var harness = _world.Harness(BatchWorld.Batch with
        {
            Apply = static (transaction, ids, token) => transaction.ExecuteAsync($"UPDATE item SET id = id WHERE id = ANY({ids})", token),
        });

        var record = await harness.RunAsync(BatchWorld.Payload);

        Assert.That(record.Status, Is.EqualTo(JobStatus.Failed));
        Assert.That(record.Summary, Does.StartWith("The query finds item 1 again, although the last batch changed it."));
    }

    private AuditOutcome[] Outcomes(int count) => [.. _world.Audit.Entries.Take(count).Select(entry => entry.Outcome).Distinct()];
}

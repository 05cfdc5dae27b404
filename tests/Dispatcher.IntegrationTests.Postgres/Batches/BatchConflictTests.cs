using Dispatcher.Hosting;
using Npgsql;

namespace Dispatcher.IntegrationTests.Postgres.Batches;

/// <summary>Batches that the server rolls back because of other sessions.</summary>
public sealed class BatchConflictTests
{
    private BatchWorld _world = null!;

    [SetUp]
    public async Task CreateAsync() => _world = await BatchWorld.CreateAsync();

    [TearDown]
    public async Task DropAsync() => await _world.DisposeAsync();

    [Test]
    public async Task Run_Deadlock_TriesTheBatchAgainWithinTheAttempt()
    {
        // Each session looks for a deadlock once, after it has waited this long: the job's does so when the other one waits too.
        await _world.Database.ExecuteAsync(
            $"""
             CREATE TABLE total (items int);
             INSERT INTO total VALUES (0);
             ALTER DATABASE {_world.Database.Name} SET deadlock_timeout = '2s';
             """);
        await using var harness = _world.Harness(BatchWorld.Batch with
        {
            Apply = static async (transaction, ids, token) =>
            {
                await transaction.ExecuteAsync($"UPDATE total SET items = items + {ids.Count}", token);
                return await transaction.ExecuteAsync($"DELETE FROM item WHERE id = ANY({ids})", token);
            },
        });
        var other = await _world.Database.HoldAsync("SET LOCAL deadlock_timeout = '1h'; UPDATE total SET items = -1");
        var run = harness.RunAsync(BatchWorld.Payload);
        await _world.Database.WaitUntilBlockedAsync("batch");

        await using (var crossing = new NpgsqlCommand("UPDATE item SET is_done = false WHERE id = 1", other))
        {
            await crossing.ExecuteNonQueryAsync();
        }

        await other.DisposeAsync();
        var record = await run;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(record.Status, Is.EqualTo(JobStatus.Succeeded), record.Summary);
            Assert.That(record.Attempts, Is.EqualTo(1));
            Assert.That(record.Changes, Has.Property(nameof(ChangesSummary.Applied)).EqualTo(25)
                .And.Property(nameof(ChangesSummary.Failed)).EqualTo(0));
            Assert.That(_world.Audit.Entries[0].Outcome, Is.EqualTo(AuditOutcome.Skipped));
            Assert.That(_world.Audit.Entries[0].Error, Does.Contain("40P01"));
            Assert.That(await _world.Database.ReadAsync("SELECT items FROM total"), Is.EqualTo("25"));
        }
    }

    [TestCase(2, JobStatus.Succeeded)]
    [TestCase(3, JobStatus.Failed)]
    public async Task Run_SerializationFailures_AreTriedThreeTimesInAll(int failures, JobStatus status)
    {
        // A sequence counts on although its transaction is rolled back.
        await _world.Database.ExecuteAsync(
            $"""
             CREATE SEQUENCE failing;
             CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                 IF nextval('failing') <= {failures} THEN RAISE 'could not serialize access' USING ERRCODE = '40001'; END IF;
                 RETURN NULL; END $$;
             CREATE TRIGGER fail AFTER DELETE ON item FOR EACH STATEMENT EXECUTE FUNCTION fail();
             """);
        await using var harness = _world.Harness();

        var record = await harness.RunAsync(BatchWorld.Payload);

        Assert.That(record.Status, Is.EqualTo(status), record.Summary);
        Assert.That(record.Changes.Applied, Is.EqualTo(status == JobStatus.Succeeded ? 25 : 0));
    }
}

using Dispatcher.IntegrationTests.Postgres.Servers;
using Dispatcher.Postgres;
using Dispatcher.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.IntegrationTests.Postgres.Batches;

/// <summary>
/// A table <c>item</c> with the ids 1 to 25, whose trigger notes each deletion with its transaction in <c>deletion</c>, and a dispatcher
/// with a job that deletes ten of them at a time.
/// </summary>
internal sealed class BatchWorld : IAsyncDisposable
{
    public const string Payload = """{"job":"batch"}""";
    public const string DryRun = """{"job":"batch","dryRun":true}""";

    private const string Schema =
        """
        CREATE TABLE item (id int PRIMARY KEY, is_done boolean NOT NULL DEFAULT false);
        CREATE TABLE deletion (item_id int, xid xid8);
        CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN INSERT INTO deletion VALUES (OLD.id, pg_current_xact_id()); RETURN OLD; END $$;
        CREATE TRIGGER note AFTER DELETE ON item FOR EACH ROW EXECUTE FUNCTION note();
        INSERT INTO item SELECT generate_series(1, 25);
        """;

    /// <summary>Makes deletions of items from 11 on wait for a lock that a test can hold.</summary>
    private const string WaitFrom11 =
        """
        CREATE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN PERFORM pg_advisory_xact_lock_shared(4711); RETURN OLD; END $$;
        """;

    private BatchWorld(TestDatabase database) => Database = database;

    public static PostgresBatch<int> Batch { get; } = new()
    {
        Query = $"SELECT id FROM item WHERE NOT is_done ORDER BY id",
        Read = static row => row.GetInt32(0),
        Change = static id => new Change("postgres:DELETE", $"item {id}") { Counter = "itemsDeleted" },
        Apply = static (transaction, ids, token) => transaction.ExecuteAsync($"DELETE FROM item WHERE id = ANY({ids})", token),
        Size = 10,
        Rows = "items",
    };

    public TestDatabase Database { get; }

    public AuditLines Audit { get; } = new();

    public static async Task<BatchWorld> CreateAsync()
    {
        var world = new BatchWorld(await TestDatabase.CreateAsync());
        await world.Database.ExecuteAsync(Schema);
        return world;
    }

    public JobHarness Harness(
        PostgresBatch<int>? batch = null,
        string? url = null,
        Action<IDispatcherBuilder>? configure = null,
        long? maxChanges = null,
        int maxAttempts = 1) => new(
        builder =>
        {
            Audit.AddTo(builder);
            builder.AddPostgres().AddJob<BatchJob>("batch", options => options.MaxChanges = maxChanges);
            builder.Services.AddSingleton(batch ?? Batch);
            configure?.Invoke(builder);
        },
        new Dictionary<string, string?>
        {
            ["DATABASE_URL"] = url ?? Database.Url, ["Retry:MaxAttempts"] = $"{maxAttempts}", ["Retry:BaseDelaySeconds"] = "0",
        });

    /// <summary>Makes the second batch wait while a test holds the advisory lock 4711: at its deletions, or at its commit.</summary>
    public async Task WaitInSecondBatchAsync(bool atCommit = false)
    {
        await Database.ExecuteAsync(WaitFrom11);
        var (kind, time) = atCommit ? ("CONSTRAINT TRIGGER", "DEFERRABLE INITIALLY DEFERRED") : ("TRIGGER", string.Empty);
        await Database.ExecuteAsync(
            $"CREATE {kind} wait AFTER DELETE ON item {time} FOR EACH ROW WHEN (OLD.id > 10) EXECUTE FUNCTION wait()");
    }

    public Task<string> CountItemsAsync() => Database.ReadAsync("SELECT count(*) FROM item");

    public ValueTask DisposeAsync() => Database.DisposeAsync();
}

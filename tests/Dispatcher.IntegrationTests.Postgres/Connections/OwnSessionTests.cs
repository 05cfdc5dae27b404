using System.Text.Json;
using Dispatcher.IntegrationTests.Postgres.Servers;
using Dispatcher.Postgres;
using Dispatcher.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.IntegrationTests.Postgres.Connections;

/// <summary>What a job of somebody's own does in a session: values, rows, and databases by name.</summary>
public sealed class OwnSessionTests
{
    private TestDatabase _database = null!;

    [SetUp]
    public async Task CreateAsync() => _database = await TestDatabase.CreateAsync();

    [TearDown]
    public async Task DropAsync() => await _database.DisposeAsync();

    [Test]
    public async Task Statement_ValuesOfEveryKind_AreParameters()
    {
        var ids = new[] { 2L, 5, 77 };
        IReadOnlyList<string> names = ["x'; DROP TABLE t; --", "y"];
        using var json = JsonDocument.Parse("""{"a":[1,2]}""");
        var text = """{"b":"text"}""";
        var uuid = Guid.Parse("0f8fad5b-d9cb-469f-a165-70867728950e");
        var time = new DateTimeOffset(2026, 11, 22, 5, 0, 0, TimeSpan.FromHours(2));
        int? none = null;
        string? nothing = null;

        var read = await RunAsync(async (transaction, token) => await transaction.ReadOneAsync(
            $"""
            SELECT ARRAY(SELECT id FROM generate_series(1, 9) AS id WHERE id = ANY({ids})), {names}::text[],
                   {names.Select(name => name.Length)}, {json} -> 'a' ->> 1, {text:jsonb} ->> 'b', {uuid}, {time}, {none}, {nothing},
                   {new DateOnly(2026, 11, 22)} + {1}, {1.5m} * 2
            """,
            row => $"{string.Join(',', row.GetFieldValue<int[]>(0))} {row.GetFieldValue<string[]>(1)[0]} "
                + $"{string.Join(',', row.GetFieldValue<int[]>(2))} {row.GetString(3)} {row.GetString(4)} {row.GetGuid(5)} "
                + $"{row.GetDateTime(6):O} {row.IsDBNull(7)} {row.IsDBNull(8)} {row.GetFieldValue<DateOnly>(9):O} {row.GetDecimal(10)}",
            token));

        Assert.That(read, Is.EqualTo(
            $"2,5 {names[0]} 20,1 2 text {uuid} 2026-11-22T03:00:00.0000000Z True True 2026-11-23 3.0"));
    }

    [Test]
    public async Task Statement_EnumThatIsMapped_IsWrittenAndRead()
    {
        await _database.ExecuteAsync("CREATE TYPE mood AS ENUM ('calm', 'very_happy')");

        var read = await RunAsync(
            async (transaction, token) => $"{await transaction.ReadScalarAsync<Mood>($"SELECT {Mood.VeryHappy}", token)}",
            builder => builder.AddPostgres(source => source.MapEnum<Mood>()));

        Assert.That(read, Is.EqualTo("VeryHappy"));
    }

    [Test]
    public async Task Rows_AllStreamedAndScalar_AreRead()
    {
        var read = await RunAsync(async (transaction, token) =>
        {
            var last = 5;
            SqlText series = $"SELECT n FROM generate_series(1, {last}) AS n";
            var all = await transaction.ReadAllAsync(series, static row => row.GetInt32(0), token);
            var sum = 0;
            await foreach (var number in transaction.StreamAsync(series, static row => row.GetInt32(0), token))
            {
                sum += number;
            }

            var none = await transaction.ReadScalarAsync<int?>($"SELECT 1 WHERE false", token);
            var isNull = await transaction.ReadScalarAsync<string>($"SELECT NULL::text", token);
            return $"{all.Count} {sum} {none is null} {isNull is null}";
        });

        Assert.That(read, Is.EqualTo("5 15 True True"));
    }

    [Test]
    public async Task Database_WithAName_IsInjectedByItsKey()
    {
        await _database.ExecuteAsync("CREATE TABLE marker ()");
        await using var harness = new JobHarness(
            builder => builder
                .AddPostgres("reports", options => options.ConnectionStringKey = "ConnectionStrings:Reports")
                .AddJob<ReportsJob>("reports"),
            new Dictionary<string, string?>
            {
                ["DATABASE_URL"] = PostgresFixture.Server.Url("postgres"), ["ConnectionStrings:Reports"] = _database.Url,
            });

        var record = await harness.RunAsync("""{"job":"reports"}""");

        Assert.That(record.Summary, Is.EqualTo($"main postgres, reports {_database.Name}"));
    }

    [Test]
    public async Task DataSource_PasswordProviderFromServices_SuppliesThePassword()
    {
        var url = PostgresFixture.Server.Url("postgres").Replace(
            $":{Uri.EscapeDataString(PostgresFixture.Password)}@", "@", StringComparison.Ordinal);
        await using var harness = new JobHarness(
            builder =>
            {
                builder.Services.AddSingleton(new Tokens(PostgresFixture.Password));
                builder
                    .AddPostgres("reports", options =>
                    {
                        options.ConnectionString = url;
                        options.ConfigureDataSource((services, source) => source.UsePasswordProvider(
                            _ => services.GetRequiredService<Tokens>().Token,
                            (_, _) => ValueTask.FromResult(services.GetRequiredService<Tokens>().Token)));
                    })
                    .AddJob<ReportsJob>("reports");
            },
            new Dictionary<string, string?> { ["DATABASE_URL"] = PostgresFixture.Server.Url("postgres") });

        var record = await harness.RunAsync("""{"job":"reports"}""");

        Assert.That(record.Summary, Is.EqualTo("main postgres, reports postgres"));
    }

    [Test]
    public async Task Database_NoConnectionString_NamesItsKey()
    {
        await using var harness = new JobHarness(
            builder => builder
                .AddPostgres("reports", options => options.ConnectionStringKey = "ConnectionStrings:Reports")
                .AddJob<ReportsJob>("reports"),
            new Dictionary<string, string?> { ["DATABASE_URL"] = PostgresFixture.Server.Url("postgres") });

        var record = await harness.RunAsync("""{"job":"reports"}""");

        Assert.That(record.Summary, Does.StartWith("Connection 'reports' is not configured. Set 'ConnectionStrings:Reports' in the "
            + "configuration (environment variable ConnectionStrings__Reports) to postgres://"));
    }

    private async Task<string> RunAsync(
        Func<PostgresTransaction, CancellationToken, Task<string?>> work, Action<IDispatcherBuilder>? configure = null)
    {
        await using var harness = new JobHarness(
            builder =>
            {
                builder.AddPostgres().AddJob<WorkJob>("work");
                builder.Services.AddSingleton(work);
                configure?.Invoke(builder);
            },
            new Dictionary<string, string?> { ["DATABASE_URL"] = _database.Url });
        return (await harness.RunAsync("""{"job":"work"}""")).Summary;
    }

    private sealed record Tokens(string Token);

    private sealed class WorkJob(PostgresDatabase database, Func<PostgresTransaction, CancellationToken, Task<string?>> work)
        : IMaintenanceJob
    {
        public async Task<JobResult> RunAsync(JobContext context, CancellationToken cancellationToken)
        {
            await using var transaction = await database.BeginAsync(context, cancellationToken);
            return JobResult.Succeeded(await work(transaction, cancellationToken) ?? "nothing");
        }
    }

    private sealed class ReportsJob(PostgresDatabase database, [FromKeyedServices("reports")] PostgresDatabase reports) : IMaintenanceJob
    {
        public async Task<JobResult> RunAsync(JobContext context, CancellationToken cancellationToken) => JobResult.Succeeded(
            $"main {await NameAsync(database, context, cancellationToken)}, "
            + $"reports {await NameAsync(reports, context, cancellationToken)}");

        private static async Task<string?> NameAsync(PostgresDatabase database, JobContext context, CancellationToken cancellationToken)
        {
            await using var transaction = await database.BeginAsync(context, cancellationToken);
            return await transaction.ReadScalarAsync<string>($"SELECT current_database()::text", cancellationToken);
        }
    }
}

using System.Net;
using System.Text.Json;
using Dispatcher.IntegrationTests.Postgres.Servers;
using Dispatcher.Postgres;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using NpgsqlTypes;

namespace Dispatcher.IntegrationTests.Postgres.Connections;

/// <summary>The types that a job's own statements can use.</summary>
public sealed class ValueTypeTests
{
    [Test]
    public async Task Session_ArraysRangesAndJson_AreReadAndWritten()
    {
        using var document = JsonDocument.Parse("""{"a":[1,2]}""");
        var read = await ReadAsync(
            null,
            SqlText.Create(
                """
                SELECT ARRAY(SELECT id FROM generate_series(1, 9) AS id WHERE id = ANY($1)), $2::jsonb -> 'a' ->> 1, upper($3::int4range),
                       $4::jsonb ->> 'b', $5::text[], '{[1,3)}'::int4multirange
                """,
                SqlValue.Of(new long[] { 2, 5, 77 }), SqlValue.Of(document), SqlValue.Of(new NpgsqlRange<int>(1, true, 7, false)),
                SqlValue.Of("""{"b":"text"}""", NpgsqlDbType.Jsonb), SqlValue.Of(new[] { "x", "y" })),
            row => $"{string.Join(',', row.GetFieldValue<int[]>(0))} {row.GetString(1)} {row.GetInt32(2)} {row.GetString(3)} "
                   + $"{string.Join(',', row.GetFieldValue<string[]>(4))} {row.GetFieldValue<NpgsqlRange<int>[]>(5).Length}");

        Assert.That(read, Is.EqualTo("2,5 2 7 text x,y 1"));
    }

    [Test]
    public async Task AddPostgres_Configure_AppliesToTheDataSource()
    {
        var address = IPAddress.Parse("192.0.2.1");

        var read = await ReadAsync(
            builder => builder.AddPostgres(source => source.EnableNetworkTypes()),
            $"SELECT {address}::inet",
            row => row.GetFieldValue<IPAddress>(0).ToString());

        Assert.That(read, Is.EqualTo("192.0.2.1"));
    }

    private static async Task<string> ReadAsync(
        Action<IDispatcherBuilder>? configure, SqlText sql, Func<NpgsqlDataReader, string> read)
    {
        await using var harness = PostgresJobs.Create(
            PostgresFixture.Server.Url("postgres"),
            null,
            builder =>
            {
                configure?.Invoke(builder);
                builder.Services.AddSingleton(new ReadingJob.Query(sql, read));
                builder.AddJob<ReadingJob>("reading");
            });
        return (await harness.RunAsync("""{"job":"reading"}""")).Summary;
    }
}

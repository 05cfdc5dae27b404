using System.Text.Json;
using System.Text.Json.Nodes;
using Dispatcher.Cli.Samples;
using Dispatcher.LocalServers.Postgres;
using Dispatcher.Tool.Hosting;
using Npgsql;
using Spectre.Console;

namespace Dispatcher.Cli.Demo;

/// <summary>The part of the demo that shows both database jobs, on the demo's own PostgreSQL server.</summary>
/// <param name="tool">The tool, to whose terminal it writes.</param>
internal sealed class DatabaseDemo(ToolContext tool)
{
    private const string Uptime = "daily-uptime";
    private const string Refresh = "refresh-materialized-view";

    private const string CountDays = "SELECT count(*) FROM contributions_contribution";
    private const string CountViewedObjects = $"SELECT coalesce(sum(total_objects), 0)::bigint FROM {SampleDatabase.View}";
    private const string AddObjects = "INSERT INTO job_objects (job_id, status) SELECT 1, 'queued' FROM generate_series(1, 25)";

    /// <summary>Runs the jobs where PostgreSQL is installed; says what to do where it is not.</summary>
    /// <param name="cancellationToken">Fires when the person gives up.</param>
    /// <returns>What is not as it has to be, one sentence each.</returns>
    public async Task<IReadOnlyList<string>> RunAsync(CancellationToken cancellationToken)
    {
        if (PostgresInstallation.Find() is not { } installation)
        {
            tool.Terminal.WriteNote($"PostgreSQL is not installed, so the database jobs are left out. {PostgresInstallation.Remedy}");
            return [];
        }

        tool.Terminal.Out.WriteLine("Starting a PostgreSQL, and filling it with 24 users and 50 scan jobs …");
        using var temporary = await installation.StartTemporaryAsync(password: null, cancellationToken);
        var server = temporary.Server;
        Environment.SetEnvironmentVariable("DATABASE_URL", server.Url());
        await SampleDatabase.FillAsync(server.Url(), cancellationToken);
        await using var database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = server.Port,
            Username = PostgresServer.SuperUser,
            Password = server.Password,
            Database = "postgres",
            Pooling = false,
        });
        return
        [
            .. await ShowUptimeAsync(database, cancellationToken),
            .. await ShowRefreshAsync(database, cancellationToken),
        ];
    }

    private async Task<IReadOnlyList<string>> ShowUptimeAsync(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        tool.Terminal.Out.WriteLine($"Planning, running and running again: dispatch run {Uptime} …");
        var before = await ReadAsync(database, CountDays, cancellationToken);
        var plan = await DemoRun.ExecuteAsync(tool, DemoPayload.Create(Uptime, dryRun: true, []), cancellationToken);
        var planned = await ReadAsync(database, CountDays, cancellationToken);
        var run = await DemoRun.ExecuteAsync(tool, DemoPayload.Create(Uptime, dryRun: false, []), cancellationToken);
        var after = await ReadAsync(database, CountDays, cancellationToken);
        var second = await DemoRun.ExecuteAsync(tool, DemoPayload.Create(Uptime, dryRun: false, []), cancellationToken);
        var end = await ReadAsync(database, CountDays, cancellationToken);
        DemoReport.WriteFigures(tool.Terminal.Out, [plan, run, second]);

        var added = run.Count("contributionsAdded");
        return
        [
            .. DemoRun.Compare(plan, run),
            .. Check(planned == before, $"The dry run of {Uptime} changed the table: {before} rows before it, {planned} after it."),
            .. Check(added > 0 && after == before + added, $"{Uptime} says that it added {added} days, "
                + $"but the table went from {before} to {after} rows."),
            .. Check(end == after, $"The second run of {Uptime} changed the table: {after} rows before it, {end} after it."),
        ];
    }

    private async Task<IReadOnlyList<string>> ShowRefreshAsync(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        tool.Terminal.Out.WriteLine($"Adding rows, then the same: dispatch run {Refresh} -p view={SampleDatabase.View} …");
        await using (var add = database.CreateCommand(AddObjects))
        {
            await add.ExecuteNonQueryAsync(cancellationToken);
        }

        var before = await ReadAsync(database, CountViewedObjects, cancellationToken);
        var plan = await DemoRun.ExecuteAsync(tool, CreateRefresh(dryRun: true), cancellationToken);
        var planned = await ReadAsync(database, CountViewedObjects, cancellationToken);
        var run = await DemoRun.ExecuteAsync(tool, CreateRefresh(dryRun: false), cancellationToken);
        var after = await ReadAsync(database, CountViewedObjects, cancellationToken);
        var second = await DemoRun.ExecuteAsync(tool, CreateRefresh(dryRun: false), cancellationToken);
        var end = await ReadAsync(database, CountViewedObjects, cancellationToken);
        DemoReport.WriteFigures(tool.Terminal.Out, [plan, run, second]);
        return
        [
            .. Check(planned == before, $"The dry run refreshed the view: it showed {before} objects, and {planned} after it."),
            .. Check(after == before + 25, $"The view shows {after} objects after its refresh, instead of {before + 25}."),
            .. Check(end == after, $"The view shows {end} objects after its second refresh, instead of {after}."),
        ];
    }

    private static JsonElement CreateRefresh(bool dryRun) =>
        DemoPayload.Create(Refresh, dryRun, new JsonObject { ["view"] = SampleDatabase.View });

    private static IEnumerable<string> Check(bool holds, string mistake) => holds ? [] : [mistake];

    private static async Task<long> ReadAsync(NpgsqlDataSource database, string sql, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}

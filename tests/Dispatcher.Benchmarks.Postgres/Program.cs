using System.Diagnostics;
using Dispatcher;
using Dispatcher.Benchmarks.Postgres;
using Dispatcher.Jobs.Postgres.DailyUptime;
using Dispatcher.Jobs.Postgres.MaterializedViewRefresh;
using Dispatcher.LocalServers.Postgres;
using Dispatcher.Testing;

// Both jobs and psql, in turns, on one server of this machine. Each pair begins with the same data. Prints medians, or fails where the
// target is missed. Arguments: the jobs to measure; both without.
// A refresh takes less than a second, so that a few rounds show the noise of the machine.
const int UptimeRounds = 5;
const int RefreshRounds = 21;
var installation = PostgresInstallation.Find()
    ?? throw new InvalidOperationException($"PostgreSQL is not installed. {PostgresInstallation.Remedy}");
using var temporary = await installation.StartTemporaryAsync(password: null, CancellationToken.None);
var server = temporary.Server;
var psql = new Psql(installation, server);
var failed = false;

foreach (var users in Includes("daily-uptime") ? [10, 200, 1000, 5000] : Array.Empty<int>())
{
    await psql.RecreateAsync("uptime_seed");
    await psql.RunAsync("uptime_seed", "-f", DataFile("uptime-schema.sql"));
    await psql.RunAsync("uptime_seed", "-v", $"users={users}", "-f", DataFile("uptime-load.sql"));
    var (plain, job, memory) = (new List<double>(), new List<double>(), new List<long>());
    var rows = 0L;
    for (var round = 0; round < UptimeRounds; round++)
    {
        await psql.RecreateAsync("uptime", "uptime_seed");
        plain.Add(await TimeAsync(() => psql.RunAsync("uptime", "-f", DataFile("uptime-plain.sql"))));
        await psql.RecreateAsync("uptime", "uptime_seed");
        var before = GC.GetTotalAllocatedBytes();
        job.Add(
            await TimeAsync(
                async () =>
                    rows = await RunAsync(
                        """{"job":"daily-uptime","parameters":{"until":"2025-08-17"}}""", "uptime", "contributionsAdded")));
        memory.Add(GC.GetTotalAllocatedBytes() - before);
    }

    Report($"daily-uptime, {users} users x 365 days, {rows} rows", plain, job, memory, Median(job) <= Median(plain) * 1.1);
}

foreach (var rows in Includes("refresh-materialized-view") ? [100_000, 1_000_000, 10_000_000] : Array.Empty<int>())
{
    await psql.RecreateAsync("views");
    await psql.RunAsync(
        "views",
        "-c", $"CREATE TABLE objects AS SELECT i % 150 AS job_id, i % 7 AS findings FROM generate_series(1, {rows}) AS i",
        "-c", "CREATE MATERIALIZED VIEW per_job AS "
            + "SELECT job_id, count(*) AS objects, sum(findings) AS findings FROM objects GROUP BY job_id",
        "-c", "CREATE UNIQUE INDEX ON per_job (job_id)",
        "-c", "ANALYZE");
    var (plain, job, memory) = (new List<double>(), new List<double>(), new List<long>());
    for (var round = 0; round < RefreshRounds; round++)
    {
        plain.Add(await TimeAsync(() => psql.RunAsync("views", "-c", "REFRESH MATERIALIZED VIEW CONCURRENTLY per_job")));
        var before = GC.GetTotalAllocatedBytes();
        job.Add(
            await TimeAsync(
                () => RunAsync("""{"job":"refresh-materialized-view","parameters":{"view":"per_job"}}""", "views", "viewsRefreshed")));
        memory.Add(GC.GetTotalAllocatedBytes() - before);
    }

    Report(
        $"refresh-materialized-view, 150 jobs, {rows} rows", plain, job, memory, Median(job) <= Median(plain) * 1.1);
}

Console.WriteLine($"Peak working set: {Process.GetCurrentProcess().PeakWorkingSet64 / 1024 / 1024} MB");
return failed ? 1 : 0;

bool Includes(string job) => args.Length == 0 || args.Contains(job);

static string DataFile(string name) => Path.Combine(AppContext.BaseDirectory, "Data", name);

static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

static async Task<double> TimeAsync(Func<Task> run)
{
    var began = Stopwatch.GetTimestamp();
    await run();
    return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
}

async Task<long> RunAsync(string payload, string database, string count)
{
    await using var harness = new JobHarness(
        builder =>
            builder.AddDailyUptime()
                .AddRefreshMaterializedView(), new Dictionary<string, string?> { ["DATABASE_URL"] = server.Url(database) });
    var summary = await harness.RunAsync(payload);
    return summary.Status == JobStatus.Succeeded ? summary.Count(count) : throw new InvalidOperationException(summary.Summary);
}

void Report(string what, List<double> plain, List<double> job, List<long> memory, bool isMet)
{
    failed |= !isMet;
    Console.WriteLine(
        $"{what}: psql {Median(plain):0} ms ({plain.Min():0}-{plain.Max():0}), job {Median(job):0} ms ({job.Min():0}-{job.Max():0}), "
        + $"allocated {memory.Order().ElementAt(memory.Count / 2) / 1024} kB: {(isMet ? "within the target" : "TARGET MISSED")}");
}

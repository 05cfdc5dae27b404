using Dispatcher.Hosting;
using static Dispatcher.Testing.RunStoreWorld;

namespace Dispatcher.Testing;

/// <summary>The promises of a run store about the records of runs.</summary>
internal static class RecordPromises
{
    private const string Other = "contract-other";

    public static IEnumerable<KeyValuePair<string, Func<RunStoreWorld, Task>>> All { get; } =
    [
        new(nameof(RunsAreListedNewestFirstAsync), RunsAreListedNewestFirstAsync),
        new(nameof(NewestRunsOfEachJobAreListedAsync), NewestRunsOfEachJobAreListedAsync),
        new(nameof(RunIsFoundByTheBeginningOfItsIdAsync), RunIsFoundByTheBeginningOfItsIdAsync),
        new(nameof(RunIsReadByItsKeyAsync), RunIsReadByItsKeyAsync),
        new(nameof(RecordWrittenAgainReplacesTheFirstAsync), RecordWrittenAgainReplacesTheFirstAsync),
        new(nameof(LeasesAreNotRunsAsync), LeasesAreNotRunsAsync),
        new(nameof(ManyWritersLoseNoRecordAsync), ManyWritersLoseNoRecordAsync),
    ];

    private static async Task RunsAreListedNewestFirstAsync(RunStoreWorld world)
    {
        var runs = await world.WriteAsync(
            Run(world, Other, -2), Run(world, Job, -3, JobStatus.Failed), Run(world, Job, 0), Run(world, Other, -1, JobStatus.Failed));

        await RequireListAsync(world, new RunQuery(), runs[2], runs[3], runs[0], runs[1]);
        await RequireListAsync(world, new RunQuery { Job = Job }, runs[2], runs[1]);
        await RequireListAsync(world, new RunQuery { Status = JobStatus.Failed }, runs[3], runs[1]);
        await RequireListAsync(world, new RunQuery { Since = runs[0].StartedAt }, runs[2], runs[3], runs[0]);
        await RequireListAsync(world, new RunQuery { Since = runs[3].StartedAt, Job = Other, Status = JobStatus.Failed }, runs[3]);
        await RequireListAsync(world, new RunQuery { Job = "contract-none" });
    }

    private static async Task NewestRunsOfEachJobAreListedAsync(RunStoreWorld world)
    {
        var runs = await world.WriteAsync(
            Run(world, Job, -9), Run(world, Job, -8, JobStatus.Failed), Run(world, Other, -7), Run(world, Job, -6), Run(world, Other, -5));

        await RequireListAsync(world, new RunQuery { NewestPerJob = 1 }, runs[4], runs[3]);
        await RequireListAsync(world, new RunQuery { NewestPerJob = 2 }, runs[4], runs[3], runs[2], runs[1]);
        await RequireListAsync(world, new RunQuery { NewestPerJob = 9 }, runs[4], runs[3], runs[2], runs[1], runs[0]);
        await RequireListAsync(world, new RunQuery { NewestPerJob = 1, Job = Job }, runs[3]);
        await RequireListAsync(world, new RunQuery { NewestPerJob = 1, Status = JobStatus.Failed }, runs[1]);
        await RequireListAsync(world, new RunQuery { NewestPerJob = 2, Since = runs[2].StartedAt }, runs[4], runs[3], runs[2]);
        RequireEqual(0, world.Store.Omissions.Count, "the number of omissions of a list of the newest");
    }

    private static async Task RunIsFoundByTheBeginningOfItsIdAsync(RunStoreWorld world)
    {
        var runs = await world.WriteAsync(Run(world, Job, -2), Run(world, Other, -1));

        foreach (var run in runs)
        {
            RequireEqual(run.RunId, (await world.Store.FindAsync(run.RunId))?.RunId, "the run of an id");
            RequireEqual(run.RunId, (await world.Store.FindAsync(run.RunId[..18]))?.RunId, "the run whose id begins so");
            RequireEqual(run.RunId, (await world.Store.FindAsync(run.RunId.ToUpperInvariant()))?.RunId, "the run of an id in capitals");
        }

        RequireEqual(null, (await world.Store.FindAsync("zzz"))?.RunId, "the run whose id begins with zzz");
        RequireEqual(null, (await world.Store.FindAsync("%"))?.RunId, "the run whose id begins with %");
        try
        {
            await world.Store.FindAsync(runs[0].RunId[..2]);
        }
        catch (AmbiguousRunException exception)
        {
            Require(
                runs.All(run => exception.Message.Contains(run.RunId, StringComparison.Ordinal)),
                $"an ambiguous id is told with the runs that it could be, but it was: {exception.Message}");
            return;
        }

        Require(false, "an id that several runs begin with is ambiguous, but one of them was found");
    }

    private static async Task RunIsReadByItsKeyAsync(RunStoreWorld world)
    {
        var run = (await world.WriteAsync(Run(world, Job, -1, JobStatus.Partial), Run(world, Other, 0)))[0];
        var read = await world.Store.GetAsync(Job, run.RunId);

        Require(
            read is not null && RunRecordJson.Serialize(read).Span.SequenceEqual(RunRecordJson.Serialize(run).Span),
            $"a record is read as it was written, but {run} became {read}");
        RequireEqual(null, await world.Store.GetAsync(Other, run.RunId), "the record under the name of another job");
        RequireEqual(null, await world.Store.GetAsync(Job, run.RunId[..18]), "the record of the beginning of an id");
        RequireEqual(0, world.Store.Omissions.Count, "the number of omissions");
    }

    private static async Task RecordWrittenAgainReplacesTheFirstAsync(RunStoreWorld world)
    {
        var run = Run(world, Job, 0);
        await world.WriteAsync(run, run with { Summary = "Again." });

        await RequireListAsync(world, new RunQuery(), run);
        RequireEqual("Again.", (await world.Store.FindAsync(run.RunId))?.Summary, "the summary");
    }

    private static async Task LeasesAreNotRunsAsync(RunStoreWorld world)
    {
        var run = (await world.WriteAsync(Run(world, Job, 0)))[0];
        string[] keys = ["slot:1", "overlap:1", run.RunId, run.RunId[..4], "\U0010FFFF", "~"];
        foreach (var key in keys)
        {
            await world.TakeAsync("01a2", key);
            await world.TakeAsync("01a2", key, "contract-leases-only");
        }

        await world.Store.EndAsync([new LeaseEnd(await world.TakeAsync("01a2", "slot:1"), world.Outcome("01a2"))]);

        await RequireListAsync(world, new RunQuery(), run);
        RequireEqual(0, world.Store.Omissions.Count, "the number of omissions of a list");
        await RequireListAsync(world, new RunQuery { Job = Job }, run);
        await RequireListAsync(world, new RunQuery { Job = "contract-leases-only" });
        await RequireListAsync(world, new RunQuery { Job = $"lease:{Job}" });
        RequireEqual(run.RunId, (await world.Store.FindAsync(run.RunId[..4]))?.RunId, "the only run whose id begins so");
        RequireEqual(run.RunId, (await world.Store.FindAsync(run.RunId))?.RunId, "the run of the id");
        RequireEqual(null, await world.Store.FindAsync("slot"), "the run whose id begins as a lease does");
        RequireEqual(null, await world.Store.GetAsync($"lease:{Job}", "slot:1"), "the record under the key of a lease");
        RequireEqual(0, world.Store.Omissions.Count, "the number of omissions");
    }

    private static async Task ManyWritersLoseNoRecordAsync(RunStoreWorld world)
    {
        RunRecord[] runs = [.. Enumerable.Range(0, 40).Select(minute => Run(world, Job, -minute))];
        await Task.WhenAll(runs.Select(run => Task.Run(() => world.Store.WriteAsync(run, CancellationToken.None))));

        await RequireListAsync(world, new RunQuery(), runs);
    }

    private static RunRecord Run(RunStoreWorld world, string job, int minute, JobStatus status = JobStatus.Succeeded) =>
        RunRecordBuilder.Create(job, world.Now.AddMinutes(minute), status);

    private static async Task RequireListAsync(RunStoreWorld world, RunQuery query, params RunRecord[] expected)
    {
        var listed = await world.ListAsync(query);
        Require(
            listed.SequenceEqual(expected.Select(static run => run.RunId), StringComparer.Ordinal),
            $"the runs of {query} are {string.Join(", ", expected.Select(static run => run.RunId))}, but they were "
                + string.Join(", ", listed));
    }
}

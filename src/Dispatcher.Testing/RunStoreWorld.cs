using System.Runtime.CompilerServices;
using Dispatcher.Hosting;

namespace Dispatcher.Testing;

/// <summary>A store under test, its clock, and shorthand for the calls of the checks.</summary>
/// <param name="store">The store.</param>
/// <param name="clock">The clock that the store reads.</param>
internal sealed class RunStoreWorld(IRunStore store, TestClock clock)
{
    public const string Job = "contract-job";
    public const string Key = "slot:2026-11-22T03:00:00Z";

    /// <summary>The time for which the checks take leases.</summary>
    public static readonly TimeSpan Term = TimeSpan.FromSeconds(45);

    /// <summary>Longer than a lease, with what a store allows for clocks that differ.</summary>
    public static readonly TimeSpan Takeover = Term + TimeSpan.FromSeconds(30);

    public IRunStore Store => store;

    public TestClock Clock => clock;

    public DateTimeOffset Now => clock.GetUtcNow();

    public DateTimeOffset End => Now + Term;

    public Task<LeaseResult> RequestAsync(string runId, string key = Key, string job = Job) =>
        store.AcquireAsync(new LeaseRequest(job, key, runId, End));

    public async Task<Lease> TakeAsync(string runId, string key = Key, string job = Job)
    {
        var result = await RequestAsync(runId, key, job);
        Require(result.Lease is not null, $"'{runId}' gets the lease '{key}' of '{job}', but the answer was {result}");
        Require(
            result.Lease is { } lease && (lease.Job, lease.Key, lease.RunId) == (job, key, runId),
            $"a lease has the job, the key and the run of its request, but it was {result.Lease}");
        return result.Lease!;
    }

    public async Task<LeaseHolder> RefuseAsync(string runId, string holder, string key = Key)
    {
        var result = await RequestAsync(runId, key);
        Require(
            result.Holder?.RunId == holder, $"the lease is held by '{holder}', but the answer for '{runId}' was {result}");
        return result.Holder!;
    }

    public LeaseOutcome Outcome(string runId, JobStatus status = JobStatus.Succeeded) => new(runId, status, Now, Now.AddDays(7));

    public async Task<RunRecord[]> WriteAsync(params RunRecord[] runs)
    {
        foreach (var run in runs)
        {
            await store.WriteAsync(run, CancellationToken.None);
        }

        return runs;
    }

    public async Task<string[]> ListAsync(RunQuery query)
    {
        var ids = new List<string>();
        await foreach (var run in store.ListAsync(query))
        {
            ids.Add(run.RunId);
        }

        return [.. ids];
    }

    public static void Require(bool kept, string promise, [CallerMemberName] string name = "")
    {
        if (!kept)
        {
            throw new JobContractException($"Every run store promises ({name}): {promise}.");
        }
    }

    public static void RequireEqual<T>(T expected, T actual, string what, [CallerMemberName] string name = "") =>
        Require(EqualityComparer<T>.Default.Equals(expected, actual), $"{what} is {expected}, but it was {actual}", name);
}

using Dispatcher.Hosting;
using static Dispatcher.Testing.RunStoreWorld;

namespace Dispatcher.Testing;

/// <summary>The promises of a run store about leases.</summary>
internal static class LeasePromises
{
    private static readonly string[] OddKeys =
    [
        "slot:a", "slot:A", "slot:a ", " slot:a", "slot:'; DROP TABLE leases; --", "slot:\"quoted\"", "slot:%", "slot:_", "slot:\\",
        "slot:\n", "slot:\0", "slot:\0b", "slot:ä", "slot:a\u0308", "slot:日本語", "slot:😀",
        "slot:\u202e", "\U0010FFFF\U0010FFFF", "~~~", "#", ":",
        new('k', LeaseRequest.MaxKeyLength), new string('k', LeaseRequest.MaxKeyLength - 1) + "l",
        new('語', LeaseRequest.MaxKeyLength), new string('語', LeaseRequest.MaxKeyLength - 1) + "言",
        string.Concat(Enumerable.Repeat("😀", LeaseRequest.MaxKeyLength / 2)), "語" + new string('語', 400),
    ];

    public static IEnumerable<KeyValuePair<string, Func<RunStoreWorld, Task>>> All { get; } =
    [
        new(nameof(HeldLeaseNamesItsHolderAsync), HeldLeaseNamesItsHolderAsync),
        new(nameof(RepeatedRequestOfTheHolderIsTakenAsync), RepeatedRequestOfTheHolderIsTakenAsync),
        new(nameof(ReleasedLeaseIsFreeAsync), ReleasedLeaseIsFreeAsync),
        new(nameof(FinishedLeaseHasItsOutcomeUntilThatExpiresAsync), FinishedLeaseHasItsOutcomeUntilThatExpiresAsync),
        new(nameof(ExpiredLeaseIsTakenOverAsync), ExpiredLeaseIsTakenOverAsync),
        new(nameof(ExpiredLeaseThatNobodyWantsIsStillHeldAsync), ExpiredLeaseThatNobodyWantsIsStillHeldAsync),
        new(nameof(RenewedLeaseIsHeldLongerAsync), RenewedLeaseIsHeldLongerAsync),
        new(nameof(LeaseThatWasTakenOverCannotBeRenewedAsync), LeaseThatWasTakenOverCannotBeRenewedAsync),
        new(nameof(LeasesAreRenewedAllOrNoneAsync), LeasesAreRenewedAllOrNoneAsync),
        new(nameof(LeaseThatWasTakenOverCannotBeEndedAsync), LeaseThatWasTakenOverCannotBeEndedAsync),
        new(nameof(EndedLeaseIsNotHeldAsync), EndedLeaseIsNotHeldAsync),
        new(nameof(LeasesEndTogetherEachInItsWayAsync), LeasesEndTogetherEachInItsWayAsync),
        new(nameof(LeaseThatNobodyTookIsNotHeldAsync), LeaseThatNobodyTookIsNotHeldAsync),
        new(nameof(LeasesAreReadAsTheyAreAsync), LeasesAreReadAsTheyAreAsync),
        new(nameof(RunsAtWorkAreListedAsync), RunsAtWorkAreListedAsync),
        new(nameof(TokensGrowAsync), TokensGrowAsync),
        new(nameof(KeysOfAnyCharactersAreDifferentAsync), KeysOfAnyCharactersAreDifferentAsync),
        new(nameof(OneOfManyRequestsAtOnceIsTakenAsync), OneOfManyRequestsAtOnceIsTakenAsync),
    ];

    private static async Task HeldLeaseNamesItsHolderAsync(RunStoreWorld world)
    {
        var (since, until) = (world.Now, world.End);
        await world.TakeAsync("first");
        world.Clock.Advance(TimeSpan.FromSeconds(10));

        RequireEqual(new LeaseHolder("first", since, until), await world.RefuseAsync("second", "first"), "the holder");
        await world.TakeAsync("second", "another key");
        await world.TakeAsync("second", job: "another-job");
    }

    private static async Task RepeatedRequestOfTheHolderIsTakenAsync(RunStoreWorld world)
    {
        var first = await world.TakeAsync("first");
        RequireEqual(first, await world.TakeAsync("first"), "the lease of a request that is sent again");
        world.Clock.Advance(TimeSpan.FromSeconds(10));
        RequireEqual(first, await world.TakeAsync("first"), "the lease of a request that is sent again later");
        RequireEqual(world.End, (await world.RefuseAsync("second", "first")).Until, "the end of a lease that is requested again");
    }

    private static async Task ReleasedLeaseIsFreeAsync(RunStoreWorld world)
    {
        await world.Store.EndAsync([new LeaseEnd(await world.TakeAsync("first"))]);
        await world.TakeAsync("second");
        await world.RefuseAsync("first", "second");
    }

    private static async Task FinishedLeaseHasItsOutcomeUntilThatExpiresAsync(RunStoreWorld world)
    {
        foreach (var status in Enum.GetValues<JobStatus>())
        {
            var lease = await world.TakeAsync("first", $"slot:{status}");
            var outcome = world.Outcome("first", status);
            await world.Store.EndAsync([new LeaseEnd(lease, outcome)]);

            RequireEqual(outcome, (await world.RequestAsync("second", lease.Key)).Outcome, "the outcome");
            RequireEqual(outcome, (await world.RequestAsync("first", lease.Key)).Outcome, "the outcome for the run itself");
            world.Clock.Advance(outcome.KeepUntil - world.Now - TimeSpan.FromSeconds(1));
            RequireEqual(outcome, (await world.RequestAsync("second", lease.Key)).Outcome, "the outcome just before it expires");
            world.Clock.Advance(TimeSpan.FromSeconds(1));
            var next = await world.TakeAsync("second", lease.Key);
            Require(next.Token > lease.Token, $"the token grows, but {next.Token} came after {lease.Token}");
            await world.RefuseAsync("third", "second", lease.Key);
        }
    }

    private static async Task ExpiredLeaseIsTakenOverAsync(RunStoreWorld world)
    {
        var first = await world.TakeAsync("first");
        world.Clock.Advance(Term - TimeSpan.FromSeconds(1));
        await world.RefuseAsync("second", "first");
        world.Clock.Advance(Takeover - Term + TimeSpan.FromSeconds(1));
        var second = await world.TakeAsync("second");

        Require(second.Token > first.Token, $"the token grows, but {second.Token} came after {first.Token}");
        RequireEqual(new LeaseHolder("second", world.Now, world.End), await world.RefuseAsync("first", "second"), "the new holder");
    }

    private static async Task ExpiredLeaseThatNobodyWantsIsStillHeldAsync(RunStoreWorld world)
    {
        var first = await world.TakeAsync("first");
        world.Clock.Advance(TimeSpan.FromDays(1));
        Require(await world.Store.RenewAsync([first], world.End), "a lease that nobody has taken over can be renewed, but it was refused");
        await world.RefuseAsync("second", "first");
    }

    private static async Task RenewedLeaseIsHeldLongerAsync(RunStoreWorld world)
    {
        var (since, first) = (world.Now, await world.TakeAsync("first"));
        for (var beat = 0; beat < 10; beat++)
        {
            world.Clock.Advance(TimeSpan.FromSeconds(15));
            Require(await world.Store.RenewAsync([first], world.End), "the holder can renew its lease, but it was refused");
        }

        RequireEqual(new LeaseHolder("first", since, world.End), await world.RefuseAsync("second", "first"), "the holder");
        Require(await world.Store.RenewAsync([], world.End), "no lease at all can be renewed, but it was refused");
    }

    private static async Task LeaseThatWasTakenOverCannotBeRenewedAsync(RunStoreWorld world)
    {
        var first = await world.TakeAsync("first");
        world.Clock.Advance(Takeover);
        var until = world.End;
        await world.TakeAsync("second");

        Require(!await world.Store.RenewAsync([first], world.Now.AddHours(1)), "a lease that was taken over cannot be renewed, but it was");
        RequireEqual(until, (await world.RefuseAsync("third", "second")).Until, "the end of the new holder's lease");
    }

    private static async Task LeasesAreRenewedAllOrNoneAsync(RunStoreWorld world)
    {
        var (kept, lost) = (await world.TakeAsync("first", "kept"), await world.TakeAsync("first", "lost"));
        Require(await world.Store.RenewAsync([kept, lost], world.End), "two leases can be renewed, but it was refused");
        world.Clock.Advance(Takeover);
        await world.TakeAsync("second", "lost");

        Require(!await world.Store.RenewAsync([kept, lost], world.End), "leases are renewed all or none, but one was taken over before");
        await world.TakeAsync("second", "kept");
    }

    private static async Task LeaseThatWasTakenOverCannotBeEndedAsync(RunStoreWorld world)
    {
        var (kept, lost) = (await world.TakeAsync("first", "kept"), await world.TakeAsync("first", "lost"));
        world.Clock.Advance(Takeover);
        await world.TakeAsync("second", "lost");
        await world.Store.EndAsync([new LeaseEnd(lost, world.Outcome("first"))]);
        await world.RefuseAsync("third", "second", "lost");
        await world.Store.EndAsync([new LeaseEnd(lost, world.Outcome("first")), new LeaseEnd(kept, world.Outcome("first"))]);

        await world.RefuseAsync("third", "second", "lost");
        RequireEqual("first", (await world.RequestAsync("third", "kept")).Outcome?.RunId, "the run that finished the other lease");
    }

    private static async Task EndedLeaseIsNotHeldAsync(RunStoreWorld world)
    {
        var (released, finished) = (await world.TakeAsync("first", "released"), await world.TakeAsync("first", "finished"));
        var outcome = world.Outcome("first");
        await world.Store.EndAsync([new LeaseEnd(released)]);
        await world.Store.EndAsync([new LeaseEnd(finished, outcome)]);

        Require(!await world.Store.RenewAsync([released], world.End), "a released lease cannot be renewed, but it was");
        Require(!await world.Store.RenewAsync([finished], world.End), "a finished lease cannot be renewed, but it was");
        await world.Store.EndAsync([new LeaseEnd(finished)]);
        RequireEqual(outcome, (await world.RequestAsync("second", "finished")).Outcome, "the outcome of a lease that ended before");
        await world.Store.EndAsync([]);
    }

    private static async Task LeasesEndTogetherEachInItsWayAsync(RunStoreWorld world)
    {
        var (slot, overlap) = (await world.TakeAsync("first", "slot:1"), await world.TakeAsync("first", "overlap:1"));
        var outcome = world.Outcome("first", JobStatus.Partial);
        await world.Store.EndAsync([new LeaseEnd(slot, outcome), new LeaseEnd(overlap)]);

        RequireEqual(outcome, (await world.RequestAsync("second", "slot:1")).Outcome, "the outcome");
        await world.TakeAsync("second", "overlap:1");
    }

    private static async Task LeaseThatNobodyTookIsNotHeldAsync(RunStoreWorld world)
    {
        var invented = new Lease(Job, Key, "first", 1);
        Require(!await world.Store.RenewAsync([invented], world.End), "a lease that was never taken cannot be renewed, but it was");
        await world.Store.EndAsync([new LeaseEnd(invented, world.Outcome("first"))]);
        await world.TakeAsync("second");
    }

    private static async Task LeasesAreReadAsTheyAreAsync(RunStoreWorld world)
    {
        RequireEqual(0, (await world.Store.ReadLeasesAsync(Job, [])).Count, "the number of answers for no key");
        RequireEqual(null, (await world.Store.ReadLeasesAsync(Job, ["never"]))[0], "the state of a lease that was never taken");
        string[] keys = ["never", "held", "released", "finished", "failed", "held", OddKeys[^1]];
        var (held, outcome) = (await world.TakeAsync("first", "held"), world.Outcome("first", JobStatus.Partial));
        await world.Store.EndAsync([new LeaseEnd(await world.TakeAsync("first", "released"))]);
        await world.Store.EndAsync([new LeaseEnd(await world.TakeAsync("first", "finished"), outcome)]);
        var failed = world.Outcome("first", JobStatus.Failed) with { KeepUntil = world.Now };
        await world.Store.EndAsync([new LeaseEnd(await world.TakeAsync("first", "failed"), failed)]);
        await world.TakeAsync("second", OddKeys[^1]);
        await world.TakeAsync("third", "failed", "another-job");
        await world.TakeAsync("fourth", "another key");

        var states = await world.Store.ReadLeasesAsync(Job, keys);
        RequireEqual(
            (null, "first", null, outcome, failed, "first", "second"),
            (states[0], states[1]?.Holder?.RunId, states[2], states[3]?.Outcome, states[4]?.Outcome, states[5]?.Holder?.RunId,
                states[6]?.Holder?.RunId),
            "what is read");
        world.Clock.Advance(Takeover);
        states = await world.Store.ReadLeasesAsync(Job, keys);
        RequireEqual((null, outcome, failed), (states[1], states[3]?.Outcome, states[4]?.Outcome), "what is read when leases have expired");
        Require(await world.Store.RenewAsync([held], world.End), "reading takes nothing, but the lease could not be renewed");
        var again = await world.TakeAsync("second", "failed");
        states = await world.Store.ReadLeasesAsync(Job, ["failed"]);
        RequireEqual("second", states[0]?.Holder?.RunId, "the holder of a lease that is retried");
        await world.Store.EndAsync([new LeaseEnd(again)]);
        RequireEqual(null, (await world.Store.ReadLeasesAsync(Job, ["failed"]))[0], "the state of a lease that was retried and released");
        string[] many = [.. Enumerable.Range(0, 100).Select(static number => $"slot:{number}")];
        RequireEqual(100, (await world.Store.ReadLeasesAsync(Job, many)).Count, "the number of answers for 100 keys");
    }

    private static async Task RunsAtWorkAreListedAsync(RunStoreWorld world)
    {
        await RequireRunningAsync(world);
        var start = world.Now;
        await world.TakeAsync("first", "slot:1");
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        var (second, middle) = (await world.TakeAsync("second", OddKeys[^1]), world.Now);
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        var overlap = await world.TakeAsync("first", "overlap:1");
        await world.TakeAsync("third", "slot:1", "another-job");
        await world.Store.EndAsync([new LeaseEnd(await world.TakeAsync("fourth", "slot:2"), world.Outcome("fourth"))]);
        await world.Store.EndAsync([new LeaseEnd(await world.TakeAsync("fifth", "slot:3"))]);

        await RequireRunningAsync(
            world, new LeaseHolder("first", start, world.End), new LeaseHolder("second", middle, middle + Term));
        RequireEqual(0, (await world.Store.ListRunningAsync("contract-none")).Count, "the number of runs at work of a job without leases");
        await world.Store.RenewAsync([second], middle + (Takeover * 2));
        world.Clock.Advance(Takeover);
        await RequireRunningAsync(world, new LeaseHolder("second", middle, middle + (Takeover * 2)));
        await world.TakeAsync("sixth", overlap.Key);
        await RequireRunningAsync(
            world, new LeaseHolder("second", middle, middle + (Takeover * 2)), new LeaseHolder("sixth", world.Now, world.End));
        string[] many = [.. Enumerable.Range(0, 40).Select(static number => $"run-{number}")];
        foreach (var run in many)
        {
            await world.TakeAsync(run, $"slot:of-{run}");
        }

        RequireEqual(42, (await world.Store.ListRunningAsync(Job)).Count, "the number of many runs at work");
    }

    private static async Task RequireRunningAsync(RunStoreWorld world, params LeaseHolder[] expected)
    {
        var running = await world.Store.ListRunningAsync(Job);
        Require(
            running.SequenceEqual(expected),
            $"the runs at work are {string.Join(", ", expected.AsEnumerable())}, but they were {string.Join(", ", running)}");
    }

    private static async Task TokensGrowAsync(RunStoreWorld world)
    {
        var last = 0L;
        for (var holder = 0; holder < 12; holder++)
        {
            var lease = await world.TakeAsync($"run-{holder}");
            Require(lease.Token > last, $"the token grows with each holder, but {lease.Token} came after {last}");
            last = lease.Token;
            if (holder % 3 == 0)
            {
                var outcome = holder % 2 == 0 ? world.Outcome("x") with { KeepUntil = world.Now } : null;
                await world.Store.EndAsync([new LeaseEnd(lease, outcome)]);
            }

            world.Clock.Advance(holder % 4 == 0 ? TimeSpan.FromDays(30) : Takeover);
        }
    }

    private static async Task KeysOfAnyCharactersAreDifferentAsync(RunStoreWorld world)
    {
        var leases = new List<Lease>();
        foreach (var key in OddKeys)
        {
            leases.Add(await world.TakeAsync($"run-{leases.Count}", key));
        }

        foreach (var lease in leases)
        {
            await world.RefuseAsync("other", lease.RunId, lease.Key);
            Require(await world.Store.RenewAsync([lease], world.End), $"the lease '{lease.Key}' can be renewed, but it was refused");
            await world.Store.EndAsync([new LeaseEnd(lease)]);
            await world.TakeAsync("other", lease.Key);
        }
    }

    private static async Task OneOfManyRequestsAtOnceIsTakenAsync(RunStoreWorld world)
    {
        for (var round = 0; round < 5; round++)
        {
            var key = $"slot:{round}";
            var results = await Task.WhenAll(Enumerable.Range(0, 16).Select(run => Task.Run(() => world.RequestAsync($"run-{run}", key))));
            var taken = results.Select(static result => result.Lease).OfType<Lease>().ToList();
            RequireEqual(1, taken.Count, "the number of runs that got the lease");
            Require(
                results.All(result => result.Lease is not null || result.Holder?.RunId == taken[0].RunId),
                $"every other run learns that '{taken[0].RunId}' holds it, but it was {string.Join(", ", results.AsEnumerable())}");
        }
    }
}

using Dispatcher.Changes;
using Dispatcher.Tests.TestRuns;

namespace Dispatcher.Tests.Changes;

public sealed class ChangeGatePropertyTests
{
    [Property(MaxTest = 60)]
    public async Task TryApplyEachAsync_RandomOutcomesAtOnce_TheBooksBalance(byte[][] batches)
    {
        var errors = new ItemErrors();
        var gate = TestRun.Gate(errors: errors);

        await Parallel.ForEachAsync(
            batches,
            new ParallelOptions { MaxDegreeOfParallelism = 8 },
            async (batch, token) => await gate.TryApplyEachAsync(
                [.. batch.Select(_ => TestRun.Change(bytes: 2, counter: "deleted"))],
                async (_, _) =>
                {
                    await Task.Yield();
                    return [.. batch.Select(Outcome)];
                },
                token));

        var all = batches.SelectMany(batch => batch).ToList();
        var summary = gate.Summarize();
        var applied = all.Count(value => value % 3 == 0);
        Assert.That(summary.Proposed, Is.EqualTo(all.Count));
        Assert.That(summary.Applied, Is.EqualTo(applied));
        Assert.That(summary.Failed, Is.EqualTo(all.Count(value => value % 3 == 2)));
        Assert.That(errors.Count, Is.EqualTo(summary.Failed));
        Assert.That(summary.Bytes, Is.EqualTo(2L * applied));
        Assert.That(gate.Counts().GetValueOrDefault("deleted"), Is.EqualTo(applied));
        Assert.That(summary.Items, Has.Count.EqualTo(Math.Min(applied, ChangesSummary.MaxItems)));
    }

    [Property(MaxTest = 40)]
    public async Task TryApplyAsync_ManyAtOnce_NeverExceedTheLimit(byte limit, byte wanted)
    {
        var gate = TestRun.Gate(limit: limit);
        var made = 0;

        await Parallel.ForEachAsync(
            Enumerable.Range(0, wanted),
            new ParallelOptions { MaxDegreeOfParallelism = 8 },
            async (_, token) =>
            {
                try
                {
                    await gate.TryApplyAsync(
                        TestRun.Change(),
                        async _ =>
                        {
                            await Task.Yield();
                            Interlocked.Increment(ref made);
                        },
                        token);
                }
                catch (ChangeLimitExceededException)
                {
                    // What this is about.
                }
            });

        Assert.That(made, Is.EqualTo(Math.Min(limit, wanted)));
        Assert.That(gate.Summarize().Applied, Is.EqualTo(made));
    }

    [Test]
    public async Task TryApplyEachAsync_RandomBatchesLimitsAndFailuresAtOnce_NeverExceedAnyLimit([Range(1, 200)] int seed)
    {
        var random = new Random(seed);
        var (maxChanges, percent, maxBytes) = (random.Next(60), random.Next(101), random.Next(15_000));
        var examined = random.Next(120);
        byte[][] batches = [.. Enumerable.Range(0, random.Next(1, 40)).Select(_ => new byte[random.Next(1, 8)])];
        Array.ForEach(batches, random.NextBytes);
        var limits = new ChangeLimits { MaxChanges = maxChanges, MaxChangesPercent = percent, MaxBytes = maxBytes };
        var gate = TestRun.Gate(limits);
        gate.Examined(examined);
        var (changes, items, bytes, refused) = (0L, 0L, 0L, 0);

        await Parallel.ForEachAsync(
            batches,
            new ParallelOptions { MaxDegreeOfParallelism = 8 },
            async (batch, token) =>
            {
                Change[] all = [.. batch.Select(value => TestRun.Change(bytes: value * 7) with { IsFollowUp = value % 5 == 0 })];
                try
                {
                    await gate.TryApplyEachAsync(
                        all,
                        async (_, _) =>
                        {
                            for (var turn = 0; turn < 5; turn++)
                            {
                                await Task.Yield();
                            }

                            if (batch[0] % 8 == 2)
                            {
                                throw new IOException("Nothing was made.");
                            }

                            foreach (var (change, _) in all.Zip(batch).Where(static pair => pair.Second % 3 == 0))
                            {
                                Interlocked.Increment(ref changes);
                                Interlocked.Add(ref items, change.IsFollowUp ? 0 : 1);
                                Interlocked.Add(ref bytes, change.Bytes);
                            }

                            return batch[0] % 8 == 1 ? throw new TimeoutException("Something was made.") : [.. batch.Select(Outcome)];
                        },
                        token);
                }
                catch (ChangeLimitExceededException)
                {
                    Interlocked.Increment(ref refused);
                }
            });

        Assert.That(changes, Is.LessThanOrEqualTo(maxChanges));
        Assert.That(bytes, Is.LessThanOrEqualTo(maxBytes));
        if (examined >= ChangeCaps.MinExamined)
        {
            Assert.That(items * 100, Is.LessThanOrEqualTo(percent * examined));
        }

        var wanted = batches.Sum(static batch => batch.Length);
        Assert.That(refused > 0 || (wanted <= maxChanges && gate.Summarize().Proposed == wanted), Is.True);
    }

    [Property(MaxTest = 40)]
    public async Task TryApplyAsync_DryRunManyAtOnce_ForeseesTheLimitExactly(byte limit, byte wanted)
    {
        var gate = TestRun.Gate(dryRun: true, limit: limit);

        await Parallel.ForEachAsync(
            Enumerable.Range(0, wanted), async (_, token) => await gate.TryApplyAsync(TestRun.Change(), _ => Task.CompletedTask, token));

        Assert.That(gate.DescribeLimits().Length > 0, Is.EqualTo(wanted > limit));
        Assert.That(gate.Summarize().Proposed, Is.EqualTo(wanted));
    }

    private static ChangeOutcome Outcome(byte value) => (value % 3) switch
    {
        0 => ChangeOutcome.Applied,
        1 => ChangeOutcome.Skipped("gone"),
        _ => ChangeOutcome.Failed("no"),
    };
}

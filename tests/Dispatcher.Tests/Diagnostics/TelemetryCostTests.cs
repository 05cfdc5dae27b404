using System.Diagnostics;
using Dispatcher.Diagnostics;
using Dispatcher.Testing;
using Dispatcher.Tests.TestRuns;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Tests.Diagnostics;

/// <summary>Checks that spans and instruments cost nothing unless somebody listens.</summary>
public sealed class TelemetryCostTests
{
    private static readonly Change[] Changes = [new("test:Touch", "one"), new("test:Touch", "two")];

    [Test]
    public async Task Run_NobodyListens_HasNoSpan()
    {
        var seen = new List<Activity?>();
        await using var harness = new JobHarness(dispatcher =>
        {
            dispatcher.Services.AddSingleton<JobBody>(async (context, cancellationToken) =>
            {
                await context.Changes.ApplyAsync(Changes[0], _ => See(seen), cancellationToken);
                return JobResult.Succeeded("Seen.");
            });
            dispatcher.AddJob<DelegateJob>("probe");
        });

        await harness.RunAsync("""{"job":"probe"}""");

        Assert.That(seen, Is.EqualTo(new Activity?[] { null }));
    }

    [Test]
    public void Record_NobodyListens_AllocatesNothing()
    {
        var record = RunRecordBuilder.Create();
        Measure(record);

        Assert.That(Measure(record), Is.Zero);
    }

    private static Task See(List<Activity?> seen)
    {
        seen.Add(Activity.Current);
        return Task.CompletedTask;
    }

    private static long Measure(RunRecord record)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        RunMeter.Record(record);
        RunActivities.EndChanges(RunActivities.StartChanges(Changes), []);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}

using System.Diagnostics.Metrics;
using Dispatcher.Diagnostics;
using Dispatcher.Testing;

namespace Dispatcher.Tests.Diagnostics;

/// <summary>Listens to the meter of the dispatcher.</summary>
public sealed class RunMeterTests
{
    private const string Job = "metered";

    private readonly List<string> _figures = [];

    [Test]
    public void Record_RealRun_RecordsTheFiguresOfTheRecord()
    {
        Record(
            RunRecordBuilder.Create(Job, status: JobStatus.Partial) with
            {
                DurationMs = 1_500,
                Attempts = 2,
                ItemErrorCount = 3,
                Changes = new ChangesSummary(6, 4, 2, 4711, [], ItemsTruncated: false),
            });

        const string Tags = "job.dry_run=False job.name=metered job.status=partial";
        Assert.That(_figures, Is.EquivalentTo(new[]
        {
            $"dispatcher.runs {{run}} 1 {Tags}",
            $"dispatcher.run.duration s 1.5 {Tags}",
            $"dispatcher.run.attempts {{attempt}} 2 {Tags}",
            $"dispatcher.item_errors {{error}} 3 {Tags}",
            $"dispatcher.storage.freed By 4711 {Tags}",
            $"dispatcher.changes {{change}} 4 change.outcome=applied {Tags}",
            $"dispatcher.changes {{change}} 2 change.outcome=failed {Tags}",
        }));
    }

    [Test]
    public void Record_DryRun_CountsPlannedChanges()
    {
        Record(RunRecordBuilder.Create(Job, status: JobStatus.Planned) with
        {
            Changes = new ChangesSummary(6, 0, 0, 0, [], ItemsTruncated: false),
        });

        Assert.That(
            _figures.Where(static figure => figure.StartsWith("dispatcher.changes", StringComparison.Ordinal)),
            Is.EqualTo(new[]
            {
                "dispatcher.changes {change} 6 change.outcome=planned job.dry_run=True job.name=metered job.status=planned",
            }));
    }

    [Test]
    public void Record_SomebodyListensToOneInstrumentOnly_RecordsIt([Values(
        "dispatcher.runs", "dispatcher.run.duration", "dispatcher.run.attempts", "dispatcher.changes", "dispatcher.item_errors",
        "dispatcher.storage.freed")] string instrument)
    {
        Record(RunRecordBuilder.Create(Job, status: JobStatus.Planned), instrument);

        Assert.That(_figures, Has.Exactly(1).StartsWith($"{instrument} "));
    }

    [Test]
    public void Instruments_OfTheMeter_AreDescribed()
    {
        var instruments = new List<Instrument>();
        using var listener = new MeterListener { InstrumentPublished = (instrument, _) => instruments.Add(instrument) };
        RunMeter.Record(RunRecordBuilder.Create(Job));
        listener.Start();

        var own = instruments.Where(static instrument => instrument.Meter.Name == "Dispatcher").ToList();
        Assert.That(
            own.Select(static instrument => $"{instrument.Name} {instrument.Unit}: {instrument.Description}").Order(StringComparer.Ordinal),
            Is.EqualTo(new[]
            {
                "dispatcher.changes {change}: Changes of runs, by outcome: planned (in a dry run), applied or failed.",
                "dispatcher.item_errors {error}: Items that failed.",
                "dispatcher.run.attempts {attempt}: Attempts of runs.",
                "dispatcher.run.duration s: The duration of runs.",
                "dispatcher.runs {run}: Runs that have ended.",
                "dispatcher.storage.freed By: Bytes that changes freed.",
            }));
        Assert.That(
            own.OfType<Histogram<double>>().Single().Advice!.HistogramBucketBoundaries,
            Is.EqualTo(new[] { 0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 900 }));
    }

    [Test]
    public async Task Run_SomebodyListens_IsRecorded()
    {
        await using var harness = TestRuns.TestRun.Harness(static (_, _) => Task.FromResult(JobResult.Succeeded("Done.")));

        using (Listen("dispatcher.runs"))
        {
            await harness.RunAsync(TestRuns.TestRun.Payload);
        }

        Assert.That(
            _figures, Has.One.EqualTo("dispatcher.runs {run} 1 job.dry_run=False job.name=test-job job.status=succeeded"));
    }

    private void Record(RunRecord record, string? instrument = null)
    {
        using var listener = Listen(instrument);
        RunMeter.Record(record);
    }

    private MeterListener Listen(string? instrument)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (published, listener) =>
            {
                if (published.Meter.Name == "Dispatcher" && (instrument is null || published.Name == instrument))
                {
                    listener.EnableMeasurementEvents(published);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((measured, value, tags, _) => Add(measured, $"{value}", tags));
        listener.SetMeasurementEventCallback<double>((measured, value, tags, _) =>
            Add(measured, FormattableString.Invariant($"{value}"), tags));
        listener.Start();
        return listener;
    }

    private void Add(Instrument instrument, string value, ReadOnlySpan<KeyValuePair<string, object?>> tags) => _figures.Add(
        $"{instrument.Name} {instrument.Unit} {value} "
        + string.Join(' ', tags.ToArray().Select(static tag => $"{tag.Key}={tag.Value}").Order(StringComparer.Ordinal)));
}

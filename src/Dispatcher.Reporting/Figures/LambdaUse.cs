namespace Dispatcher.Reporting.Figures;

/// <summary>The billed use of AWS Lambda: requests, and memory times duration.</summary>
public sealed class LambdaUse
{
    private const double MegabyteMillisecondsPerGigabyteSecond = 1024.0 * 1000.0;

    private double _megabyteMilliseconds;

    /// <summary>Gets how many runs were in Lambda.</summary>
    public long Runs { get; private set; }

    /// <summary>Gets how many runs were elsewhere, on a laptop or in a container, and are on no Lambda bill.</summary>
    public long RunsElsewhere { get; private set; }

    /// <summary>Gets memory times duration, in GB-seconds of 1024 MB.</summary>
    public double GigabyteSeconds => _megabyteMilliseconds / MegabyteMillisecondsPerGigabyteSecond;

    /// <summary>Adds a run.</summary>
    /// <param name="record">The run.</param>
    public void Add(RunRecord record)
    {
        if (record.MemoryMegabytes is not > 0)
        {
            RunsElsewhere++;
            return;
        }

        Runs++;
        _megabyteMilliseconds += (double)record.MemoryMegabytes.Value * Math.Max(0, record.DurationMs);
    }
}

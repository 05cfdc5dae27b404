using System.Globalization;

namespace Dispatcher.Middleware;

/// <summary>
/// The timeout of the reporting of a run: as configured, and always before the host ends the process. It starts when its token is first
/// asked for. Not thread-safe until then.
/// </summary>
internal sealed class SinkTimeout : IDisposable
{
    /// <summary>What of the time until the host's limit may be used. The rest is for the answer.</summary>
    private const double UsableFraction = 0.8;

    private readonly string _option;
    private readonly TimeProvider _timeProvider;
    private readonly double _seconds;
    private readonly bool _isOfHost;
    private CancellationTokenSource? _source;

    /// <summary>Creates the timeout.</summary>
    /// <param name="option">The name of the option that sets it.</param>
    /// <param name="configuredSeconds">What it is set to.</param>
    /// <param name="hostLimit">When the host ends the process.</param>
    /// <param name="timeProvider">The clock.</param>
    public SinkTimeout(string option, double configuredSeconds, DateTimeOffset? hostLimit, TimeProvider timeProvider)
    {
        // A run that ended too late has no time left; its record is still tried for a moment.
        var usable = hostLimit is { } end ? Math.Max(0.1, (end - timeProvider.GetUtcNow()).TotalSeconds * UsableFraction) : double.MaxValue;
        _seconds = Math.Min(configuredSeconds, usable);
        _isOfHost = usable < configuredSeconds;
        _option = option;
        _timeProvider = timeProvider;
    }

    /// <summary>Gets what fires when the time is up.</summary>
    public CancellationToken Token => (_source ??= new CancellationTokenSource(TimeSpan.FromSeconds(_seconds), _timeProvider)).Token;

    /// <summary>Formats the message about the timeout.</summary>
    public string Describe() =>
        string.Create(CultureInfo.InvariantCulture, $"it did not finish within {_seconds:0.#} s ")
        + $"({(_isOfHost ? "all that was left until the function's timeout; raise the timeout" : $"Telemetry:{_option}")}). "
        + "Check that its service can be reached from here.";

    /// <inheritdoc />
    public void Dispose() => _source?.Dispose();
}

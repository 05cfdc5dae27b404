using System.Runtime.InteropServices;

namespace Dispatcher.Tool.Terminal;

/// <summary>
/// A handler that turns Ctrl+C into cancellation, so that a run can stop between two changes and report. A second Ctrl+C ends the process
/// at once.
/// </summary>
internal sealed class Interrupt : IDisposable
{
    /// <summary>What shells expect of a process that Ctrl+C ended.</summary>
    private const int EndedByInterrupt = 130;

    /// <summary>What the first Ctrl+C answers.</summary>
    internal const string Notice = "Stopping after the current change. Press Ctrl+C again to exit immediately.";

    private readonly CancellationTokenSource _cancellation = new();
    private readonly PosixSignalRegistration[] _registrations;

    /// <summary>Begins to listen.</summary>
    public Interrupt()
    {
        _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle),
            PosixSignalRegistration.Create(PosixSignal.SIGHUP, Handle),
        ];
    }

    /// <summary>Gets what fires at the first Ctrl+C.</summary>
    public CancellationToken Token => _cancellation.Token;

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }

        _cancellation.Dispose();
    }

    private void Handle(PosixSignalContext context)
    {
        context.Cancel = true;
        if (_cancellation.IsCancellationRequested)
        {
            Environment.Exit(EndedByInterrupt);
        }

        Console.Error.WriteLine(Notice);
        _cancellation.Cancel();
    }
}

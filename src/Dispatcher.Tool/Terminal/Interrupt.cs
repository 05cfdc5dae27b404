using System.Runtime.InteropServices;

namespace Dispatcher.Tool.Terminal;

/// <summary>
/// A handler that turns Ctrl+C into cancellation, so that a run can stop between two changes and report. A second Ctrl+C ends the process
/// at once.
/// </summary>
internal sealed class Interrupt : IDisposable
{
    /// <summary>What the first Ctrl+C answers.</summary>
    internal const string Notice = "Stopping after the current change. Press Ctrl+C again to exit immediately.";

    private readonly CancellationTokenSource _cancellation = new();
    private readonly CancellationTokenSource _person = new();
    private readonly Action<string> _notify;
    private readonly Action<int> _exit;
    private readonly PosixSignalRegistration[] _registrations;

    /// <summary>Begins to listen.</summary>
    /// <param name="notify">Tells the person that the first Ctrl+C was heard.</param>
    /// <param name="exit">Ends the process; <see langword="null"/> for <see cref="Environment.Exit"/>.</param>
    public Interrupt(Action<string> notify, Action<int>? exit = null)
    {
        (_notify, _exit) = (notify, exit ?? Environment.Exit);
        _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle),
            PosixSignalRegistration.Create(PosixSignal.SIGHUP, Handle),
        ];
    }

    /// <summary>Gets the token that fires at the first signal.</summary>
    public CancellationToken Token => _cancellation.Token;

    /// <summary>
    /// Gets the token that fires if that signal is Ctrl+C. Another process, such as a container host, sends the others.
    /// </summary>
    public CancellationToken ByPerson => _person.Token;

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }

        _cancellation.Dispose();
        _person.Dispose();
    }

    internal void Handle(PosixSignalContext context)
    {
        context.Cancel = true;
        if (_cancellation.IsCancellationRequested)
        {
            _exit(ExitCode.Cancelled);
            return;
        }

        _notify(Notice);
        if (context.Signal == PosixSignal.SIGINT)
        {
            _person.Cancel();
        }

        _cancellation.Cancel();
    }
}

using System.Runtime.InteropServices;
using Dispatcher.Tool.Terminal;

namespace Dispatcher.Tool.Tests.Terminal;

public sealed class InterruptTests
{
    [Test]
    public void Handle_FirstCtrlC_IsHeardOnceAndByAPerson()
    {
        var (notices, exits) = (new List<string>(), new List<int>());
        using var interrupt = new Interrupt(notices.Add, exits.Add);

        Send(interrupt, PosixSignal.SIGINT);

        Assert.That((interrupt.Token.IsCancellationRequested, interrupt.ByPerson.IsCancellationRequested), Is.EqualTo((true, true)));
        Assert.That(notices, Is.EqualTo(new[] { Interrupt.Notice }));
        Assert.That(exits, Is.Empty);
    }

    [Test]
    public void Handle_PersonInterrupts_IsKnownBeforeTheRunIsCancelled()
    {
        using var interrupt = new Interrupt(static _ => { }, static _ => { });
        var known = false;
        using var registration = interrupt.Token.Register(() => known = interrupt.ByPerson.IsCancellationRequested);

        Send(interrupt, PosixSignal.SIGINT);

        Assert.That(known, Is.True);
    }

    [Test]
    public void Handle_SecondCtrlC_EndsTheProcess()
    {
        var exits = new List<int>();
        using var interrupt = new Interrupt(static _ => { }, exits.Add);

        Send(interrupt, PosixSignal.SIGINT);
        Send(interrupt, PosixSignal.SIGINT);

        Assert.That(exits, Is.EqualTo(new[] { 130 }));
    }

    [TestCase(PosixSignal.SIGTERM)]
    [TestCase(PosixSignal.SIGHUP)]
    public void Handle_SignalOfAnotherProcess_StopsButIsNoInterruptOfAPerson(PosixSignal signal)
    {
        using var interrupt = new Interrupt(static _ => { }, static _ => { });

        Send(interrupt, signal);

        Assert.That((interrupt.Token.IsCancellationRequested, interrupt.ByPerson.IsCancellationRequested), Is.EqualTo((true, false)));
    }

    private static void Send(Interrupt interrupt, PosixSignal signal)
    {
        var context = new PosixSignalContext(signal);
        interrupt.Handle(context);
        Assert.That(context.Cancel, Is.True, "the process goes on");
    }
}

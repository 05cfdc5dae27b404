using Dispatcher.Tool.Remote;
using Dispatcher.Tool.Remote.Pauses;

namespace Dispatcher.Tool.Tests.Commands.Remote;

public sealed class RemoteModelTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 3, 0, 0, TimeSpan.Zero);

    [TestCase("A description. [With brackets] and: a colon", "ENABLED")]
    [TestCase(null, "ENABLED")]
    [TestCase("Of two\nlines", "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS")]
    public void Mark_AnyDescription_CanBeReadBack(string? description, string state)
    {
        var mark = new PauseMark(Now, "Admin/anna", state, "TICKET-1: bucket moves, by Friday");

        var read = PauseMark.Read(mark.Mark(description), out var rest);

        Assert.That(read, Is.EqualTo(mark));
        Assert.That(rest, Is.EqualTo(description));
    }

    [TestCase("")]
    [TestCase(null)]
    [TestCase("[paused] by hand")]
    [TestCase("[paused yesterday by me: why] Text")]
    public void Mark_OfNobody_IsNone(string? description)
    {
        Assert.That(PauseMark.Read(description, out var rest), Is.Null);
        Assert.That(rest, Is.EqualTo(description));
    }

    [TestCase("why]\n[paused", "why) (paused")]
    [TestCase("why \u001b[2J", "why \\u001b(2J")]
    public void Mark_ReasonThatWouldEndIt_IsReadAsOneReason(string reason, string expected)
    {
        var marked = new PauseMark(Now, "anna", TriggerSwitch.Enabled, reason).Mark("Text");

        Assert.That(PauseMark.Read(marked, out var rest)?.Reason, Is.EqualTo(expected));
        Assert.That(rest, Is.EqualTo("Text"));
    }

    [TestCase("arn:aws:sts::123456789012:assumed-role/Admin/anna", "Admin/anna")]
    [TestCase("arn:aws:iam::123456789012:user/team/anna", "team/anna")]
    [TestCase("arn:aws:iam::123456789012:root", "arn:aws:iam::123456789012:root")]
    public void CallerName_Arn_IsThePartThatTellsPeopleApart(string arn, string expected) =>
        Assert.That(CallerName.Shorten(arn), Is.EqualTo(expected));

    [Test]
    public void Pauses_JobWithATriggerThatIsEnabled_IsNotPaused()
    {
        var pauses = PauseReader.Summarize([Trigger("a", paused: "why"), Trigger("a", paused: null), Trigger("b", paused: "why")]);

        Assert.That(pauses.Keys, Is.EqualTo(new[] { "b" }));
        Assert.That(pauses["b"], Is.EqualTo(new Dispatcher.Reporting.Status.JobPause("why", "anna", Now)));
    }

    [Test]
    public void Pauses_TriggerThatSomeoneHasDisabled_SaysSo() => Assert.That(
        PauseReader.Summarize([new StackTrigger("Rule", "a", new FixedSwitch(TriggerSwitch.Disabled, "Text"), [])])["a"].Reason,
        Is.EqualTo("disabled, and not by 'pause'"));

    private static StackTrigger Trigger(string job, string? paused) => new("Rule", job, paused is null
        ? new FixedSwitch(TriggerSwitch.Enabled, null)
        : new FixedSwitch(TriggerSwitch.Disabled, new PauseMark(Now, "anna", TriggerSwitch.Enabled, paused).Mark(null)), []);

    private sealed class FixedSwitch(string state, string? description) : TriggerSwitch
    {
        public override string Name => "rule";

        public override string State => state;

        public override string? Description => description;

        public override Task SetAsync(string state, string? description, CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }
}

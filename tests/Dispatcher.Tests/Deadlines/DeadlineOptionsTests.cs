using Dispatcher.Hosting;
using Dispatcher.Middleware;

namespace Dispatcher.Tests.Deadlines;

public sealed class DeadlineOptionsTests
{
    [Test]
    public void Validate_Defaults_AreValid() => Assert.That(Validate(new DeadlineOptions()), Is.Null);

    [Test]
    public void Validate_ReportMarginIsTheLarger_SaysWhy() =>
        Assert.That(
            Validate(new DeadlineOptions { StopMarginSeconds = 1, ReportMarginSeconds = 2 }),
            Is.EqualTo("ReportMarginSeconds, StopMarginSeconds: Deadline:ReportMarginSeconds is 2 and Deadline:StopMarginSeconds 1, so "
                + "that a job would be left behind before it is asked to stop. Make the stop margin the larger one."));

    [Test]
    public void Validate_MarginsAreEqual_IsValid() =>
        Assert.That(Validate(new DeadlineOptions { StopMarginSeconds = 2, ReportMarginSeconds = 2 }), Is.Null);

    [Test]
    public void Validate_OutOfRange_NamesTheOption() =>
        Assert.That(Validate(new DeadlineOptions { StopMarginSeconds = 601 }), Does.Contain(nameof(DeadlineOptions.StopMarginSeconds)));

    private static string? Validate(DeadlineOptions options) => new DeadlineOptionsValidator().Validate(null, options).FailureMessage;
}

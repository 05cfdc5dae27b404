using Dispatcher.Tool.Commands.Deployment;

namespace Dispatcher.Tool.Tests.Commands.Deployment;

/// <summary>Shows inputs that hold what should not be in a template.</summary>
public sealed class ScheduleInputTests
{
    [TestCase("""{"job":"a","parameters":{"n":1,"list":["ä"],"none":null}}""")]
    [TestCase("""{"job":"a","scheduledTime":"<time>"}""")]
    [TestCase("""{"job":"a","id":<id>}""")]
    public void Mask_NoSecret_IsAsItIs(string input) => Assert.That(ScheduleInput.Mask(input), Is.EqualTo(input));

    [TestCase("""{"url":"https://me:s3cret@example.com/x"}""")]
    [TestCase("""{"url":"https://example.com/x?token=s3cret"}""")]
    [TestCase("""{"headers":{"Authorization":"Bearer s3cret"}}""")]
    [TestCase("""{"body":{"password":"s3cret"}}""")]
    [TestCase("""{"url":"https://me:s3cret@example.com/","id":<id>}""")]
    public void Mask_Secret_IsNotShown(string input) =>
        Assert.That(ScheduleInput.Mask(input), Does.Not.Contain("s3cret").And.Contain("***"));
}

using Dispatcher.Cli.Demo;
using Moq;

namespace Dispatcher.Cli.Tests.Demo;

public sealed class TriggerDemoTests
{
    private static DemoTarget Target => Mock.Of<DemoTarget>(target => target.Job == "celery-enqueue" && target.Expected == "task a");

    [Test]
    public void FindMistakes_AsExpected_FindsNone() => Assert.That(TriggerDemo.FindMistakes(Target, ["task a"], most: 1), Is.Empty);

    [Test]
    public void FindMistakes_NothingArrived_SaysSo() =>
        Assert.That(TriggerDemo.FindMistakes(Target, [], most: 1), Is.EqualTo(new[] { "celery-enqueue left 0 things on the server, instead of 1." }));

    [Test]
    public void FindMistakes_TooMuchArrived_SaysSo() =>
        Assert.That(TriggerDemo.FindMistakes(Target, ["task a", "task a"], most: 1), Has.One.StartsWith("celery-enqueue left 2 things"));

    [Test]
    public void FindMistakes_SomethingElseArrived_NamesIt() =>
        Assert.That(
            TriggerDemo.FindMistakes(Target, ["task a", "task b"], most: 2),
            Is.EqualTo(new[] { "celery-enqueue left 'task b' on the server, instead of 'task a'." }));
}

using System.Text.Json.Nodes;
using Dispatcher.Cli.Demo;

namespace Dispatcher.Cli.Tests.Demo;

public sealed class TriggerDemoTests
{
    [Test]
    public void FindMistakes_AsExpected_FindsNone() => Assert.That(Find(["task a"]), Is.Empty);

    [Test]
    public void FindMistakes_NothingArrived_SaysSo() =>
        Assert.That(Find([]), Is.EqualTo(new[] { "celery-enqueue left 0 things on the server, instead of 1." }));

    [Test]
    public void FindMistakes_TooMuchArrived_SaysSo() =>
        Assert.That(Find(["task a", "task a"]), Has.One.StartsWith("celery-enqueue left 2 things"));

    [Test]
    public void FindMistakes_SomethingElseArrived_NamesIt() =>
        Assert.That(
            Find(["task a", "task b"]),
            Does.Contain("celery-enqueue left 'task b' on the server, instead of 'task a'."));

    private static IReadOnlyList<string> Find(string[] found)
    {
        using var target = new QueueOfTaskA();
        return [.. TriggerDemo.FindMistakes(target, found)];
    }

    private sealed class QueueOfTaskA : DemoTarget
    {
        public override string Job => "celery-enqueue";

        public override string Expected => "task a";

        public override Task<JsonObject> PrepareAsync(string slot, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public override Task<IReadOnlyList<string>> LookAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        public override void Dispose()
        {
        }
    }
}

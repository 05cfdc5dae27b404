using Dispatcher.Hosting;

using static Dispatcher.Jobs.Celery.Tests.CeleryHarness;

namespace Dispatcher.Jobs.Celery.Tests;

public sealed class CeleryEnqueueParametersTests
{
    [TestCase("{}", "'task' is missing")]
    [TestCase("""{"task":"app..x"}""", "dotted Python path")]
    [TestCase("""{"task":"app.x\n"}""", "dotted Python path")]
    [TestCase("""{"task":"import os; os.system('x')"}""", "dotted Python path")]
    [TestCase("""{"task":"t","countdown":1,"eta":"2026-12-01T00:00:00Z"}""", "'countdown' and 'eta'")]
    [TestCase("""{"task":"t","expiresIn":1,"expires":"2026-12-01T00:00:00Z"}""", "'expiresIn' and 'expires'")]
    [TestCase("""{"task":"t","countdown":600,"expiresIn":60}""", "expire before it may run")]
    [TestCase("""{"task":"t","countdown":-1}""", "must be from 0")]
    [TestCase("""{"task":"t","countdown":1.5}""", "'countdown' must be a whole number")]
    [TestCase("""{"task":"t","priority":10}""", "must be from 0 to 9")]
    [TestCase("""{"task":"t","taskId":"1"}""", "a task's id is a UUID")]
    [TestCase("""{"task":"t","taskId":""}""", "a task's id is a UUID")]
    [TestCase("""{"task":"t","taskId":"no-uuid"}""", "a task's id is a UUID")]
    [TestCase("""{"task":"t","args":{"a":1}}""", "'args' must be")]
    [TestCase("""{"task":"t","kwargs":[1]}""", "'kwargs' must be")]
    [TestCase("""{"task":"t","kwargs":{"a":1,"a":2}}""", "'kwargs' has the field 'a' twice")]
    [TestCase("""{"task":"t","args":["\ud800"]}""", "'args[0]' holds half of a surrogate pair")]
    [TestCase("""{"task":"t","kwargs":{"a":{"b":[1e999]}}}""", "'kwargs.a.b[0]' is 1e999, which becomes infinity")]
    [TestCase("""{"task":"t","queueUrl":"celery"}""", "'queueUrl' is 'celery'")]
    [TestCase("""{"task":"t","queueName":"a b"}""", "a queue's name has letters")]
    [TestCase("""{"tasks":[]}""", "Give 1 to 1000")]
    [TestCase("""{"tasks":[{"taks":"t"}]}""", "Unknown field 'tasks[0].taks'")]
    [TestCase("""{"tasks":[{"task":"t"},{"task":"t","priority":11}]}""", "'tasks[1].priority' is 11")]
    [TestCase("""{"tasks":[{"task":"t"}],"task":"u","args":[]}""", "Parameters task, args belong to a single task")]
    [TestCase(
        """
        {"tasks":[{"task":"t","taskId":"328aa248-388b-406c-ada2-83167f0007ae"},
                  {"task":"u","taskId":"328aa248-388b-406c-ada2-83167f0007ae"}]}
        """,
        "is given 2 times")]
    public async Task Read_BadParameters_NamesTheProblem(string parameters, string problem)
    {
        var queue = new FakeQueue();
        await using var harness = Create(queue);

        Assert.That(() => harness.RunAsync(PayloadOf(parameters)), Throws.TypeOf<JobRequestException>().With.Message.Contains(problem));
        Assert.That(queue.Calls, Is.Empty);
    }

    [Test]
    public async Task Read_SeveralProblems_AreReportedAtOnce()
    {
        await using var harness = Create(new FakeQueue());

        var exception = await Assert.ThrowsAsync<JobRequestException>(
            () => harness.RunAsync(
                PayloadOf("""{"tasks":[{"priority":11,"args":["\udc00"]},{"task":"a b","countdown":5,"eta":"2026-12-01T00:00:00Z"}]}""")));

        Assert.That(exception!.Problems, Has.Count.EqualTo(5));
    }

    [Test]
    public async Task Read_NoQueue_SaysHowToGiveOne()
    {
        await using var harness = Create(new FakeQueue(), ("CELERY_QUEUE_URL", null));

        Assert.That(
            () => harness.RunAsync(PayloadOf("""{"task":"t"}""")),
            Throws.TypeOf<JobRequestException>().With.Message.Contains("CELERY_QUEUE_URL"));
    }

    [Test]
    public async Task Read_IntegerThatPythonRefuses_IsAProblem()
    {
        await using var harness = Create(new FakeQueue());

        Assert.That(
            () => harness.RunAsync(PayloadOf($$"""{"task":"t","args":[{{new string('9', 4301)}}]}""")),
            Throws.TypeOf<JobRequestException>().With.Message.Contains("integer of 4301 digits"));
    }
}

using Dispatcher.Hosting;

using static Dispatcher.Jobs.Celery.Tests.CeleryHarness;

namespace Dispatcher.Jobs.Celery.Tests;

public sealed class CeleryEnqueueParametersTests
{
    [TestCase("{}", "'task' is missing")]
    [TestCase("""{"task":"app.x\n"}""", "1 to 255 printable characters")]
    [TestCase("""{"task":"app\u0000x"}""", "1 to 255 printable characters")]
    [TestCase("""{"task":"app\u202ex"}""", "1 to 255 printable characters")]
    [TestCase("""{"task":"app\udb40\udc41x"}""", "1 to 255 printable characters")]
    [TestCase("""{"task":"app.\ud800"}""", "'task'")]
    [TestCase("""{"task":"postgres://app:secret@db/app"}""", "not a URL or a password")]
    [TestCase("""{"task":"password=hunter2"}""", "not a URL or a password")]
    [TestCase("""{"task":" app.x"}""", "without a space at either end")]
    [TestCase("""{"task":"app.x "}""", "without a space at either end")]
    [TestCase("""{"tasks":[{"task":"app.x\u00a0"}]}""", "'tasks[0].task'")]
    [TestCase("""{"task":"t","countdown":1,"eta":"2026-12-01T00:00:00Z"}""", "'countdown' and 'eta'")]
    [TestCase("""{"task":"t","expiresIn":1,"expires":"2026-12-01T00:00:00Z"}""", "'expiresIn' and 'expires'")]
    [TestCase("""{"task":"t","countdown":600,"expiresIn":60}""", "expire before it may run")]
    [TestCase("""{"task":"t","countdown":-1}""", "must be from 0")]
    [TestCase("""{"task":"t","countdown":1.5}""", "'countdown' must be a whole number")]
    [TestCase("""{"task":"t","priority":10}""", "must be from 0 to 9")]
    [TestCase("""{"task":"t","taskId":""}""", "1 to 255 printable characters")]
    [TestCase("""{"task":"t","taskId":"a\tb"}""", "1 to 255 printable characters")]
    [TestCase("""{"task":"t","timeLimit":0}""", "'timeLimit' is 0: it must be from 1")]
    [TestCase("""{"task":"t","softTimeLimit":-1}""", "'softTimeLimit' is -1: it must be from 1")]
    [TestCase("""{"task":"t","timeLimit":60,"softTimeLimit":60}""", "Lower the soft limit")]
    [TestCase("""{"task":"t","headers":{"timelimit":[1,2]}}""", "'headers.timelimit' is one that Celery itself sets")]
    [TestCase("""{"task":"t","headers":{"_x":1}}""", "'headers._x' is one that Celery itself sets")]
    [TestCase("""{"task":"t","headers":{"compression":"x"}}""", "'headers.compression' is one that Celery itself sets")]
    [TestCase("""{"tasks":[{"task":"t","headers":{"a\n":1}}]}""", "'tasks[0].headers.a\\n'")]
    [TestCase("""{"task":"t","headers":{"a":["\ud800"]}}""", "'headers.a[0]' holds half of a surrogate pair")]
    [TestCase("""{"task":"t","headers":[1]}""", "'headers' must be")]
    [TestCase("""{"task":"t","messageGroupId":"a b"}""", "ASCII letters, digits and punctuation")]
    [TestCase("""{"task":"t","messageGroupId":""}""", "ASCII letters, digits and punctuation")]
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
                PayloadOf("""{"tasks":[{"priority":11,"args":["\udc00"]},{"task":"a b ","countdown":5,"eta":"2026-12-01T00:00:00Z"}]}""")));

        Assert.That(exception!.Problems, Has.Count.EqualTo(5));
    }

    [Test]
    public async Task Read_TooLongAName_SaysHowLongItIs([Values("task", "taskId")] string field)
    {
        await using var harness = Create(new FakeQueue());
        var other = field == "task" ? string.Empty : "\"task\":\"t\",";
        var parameters = $$"""{{{other}}"{{field}}":"{{new string('é', 256)}}"}""";

        Assert.That(
            () => harness.RunAsync(PayloadOf(parameters)),
            Throws.TypeOf<JobRequestException>().With.Message.Contains($"'{field}'").And.Message.Contains("255"));
    }

    [Test]
    public async Task Read_FiftyOneHeaders_AreTooMany()
    {
        await using var harness = Create(new FakeQueue());
        var headers = string.Join(",", Enumerable.Range(0, 51).Select(index => $"\"h{index}\":1"));

        Assert.That(
            () => harness.RunAsync(PayloadOf($$$"""{"task":"t","headers":{{{{headers}}}}}""")),
            Throws.TypeOf<JobRequestException>().With.Message.Contains("holds 51 headers"));
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

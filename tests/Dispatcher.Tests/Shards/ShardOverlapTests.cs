using Dispatcher.Testing;
using Dispatcher.Tests.TestRuns;

namespace Dispatcher.Tests.Shards;

public sealed class ShardOverlapTests
{
    private ShardWorld _world = null!;
    private TaskCompletionSource<JobResult?> _goOn = null!;
    private TaskCompletionSource _begun = null!;

    [SetUp]
    public void SetUp()
    {
        _world = new ShardWorld();
        _goOn = new TaskCompletionSource<JobResult?>(TaskCreationOptions.RunContinuationsAsynchronously);
        _begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    [TearDown]
    public async Task TearDownAsync() => await _world.DisposeAsync();

    [TestCase(0, 4, 1, 4, JobStatus.Succeeded, TestName = "Two shards run at once")]
    [TestCase(0, 4, 0, 4, JobStatus.Skipped, TestName = "Two shards of the same number do not")]
    [TestCase(1, 4, 0, 1, JobStatus.Skipped, TestName = "A whole run does not begin beside a shard")]
    [TestCase(0, 1, 1, 4, JobStatus.Skipped, TestName = "A shard does not begin beside a whole run")]
    [TestCase(0, 1, 0, 1, JobStatus.Skipped, TestName = "A whole run does not begin beside a whole run")]
    public async Task InvokeAsync_AnotherIsAtWork(int firstIndex, int firstCount, int index, int count, JobStatus expected)
    {
        var harness = Create();
        _world.Before = context =>
        {
            if (context.Request.Id != "first")
            {
                return Task.FromResult<JobResult?>(null);
            }

            _begun.SetResult();
            return _goOn.Task;
        };
        var first = ShardWorld.DispatchAsync(harness, Request("first", firstIndex, firstCount));
        await _begun.Task;

        var second = await ShardWorld.DispatchAsync(harness, Request("second", index, count));
        _goOn.SetResult(null);

        Assert.That((second.Status, (await first).Status), Is.EqualTo((expected, JobStatus.Succeeded)), second.Summary);
        Assert.That(second.Holder?.RunId, Is.EqualTo(expected == JobStatus.Skipped ? (await first).RunId : null));
        var later = await ShardWorld.DispatchAsync(harness, Request("third", index, count));
        Assert.That(later.Status, Is.EqualTo(JobStatus.Succeeded), "the leases are free again");
    }

    [Test]
    public async Task InvokeAsync_TheRunThatQueuesShards_TakesNoLeaseOfTheWork()
    {
        var harness = Create();
        _world.Before = context =>
        {
            _begun.SetResult();
            return _goOn.Task;
        };
        var whole = ShardWorld.DispatchAsync(harness, Request("first", 0, 1));
        await _begun.Task;

        var start = await ShardWorld.StartAsync(harness, 2, "second");
        _goOn.SetResult(null);

        Assert.That((start.Status, (await whole).Status), Is.EqualTo((JobStatus.Succeeded, JobStatus.Succeeded)));
    }

    private JobHarness Create() => _world.Create(static options => options.PreventOverlap());

    private static JobRequest Request(string id, int index, int count) =>
        new(TestRun.JobName) { Id = id, Shard = count == 1 ? null : new JobShard(index, count) };
}

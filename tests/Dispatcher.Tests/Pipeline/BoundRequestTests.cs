using Dispatcher.Hosting;
using Dispatcher.Tests.TestRuns;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Tests.Pipeline;

public sealed class BoundRequestTests
{
    private static readonly DateTimeOffset Time = new(2026, 11, 22, 3, 0, 0, TimeSpan.Zero);

    /// <summary>The id of the host names the slot only if the payload names none.</summary>
    [TestCase(null, false, "message-1", "message-1")]
    [TestCase("event-1", false, "message-1", "event-1")]
    [TestCase("event-1", true, "message-1", "event-1")]
    [TestCase(null, true, "message-1", null)]
    [TestCase(null, false, null, null)]
    public async Task WithHost_Id_IsThatOfThePayloadFirst(string? id, bool isScheduled, string? hostId, string? expected)
    {
        await using var harness = TestRun.Harness(static (_, _) => Task.FromResult(JobResult.Succeeded("Done.")));
        var request = new JobRequest(TestRun.JobName) { Id = id, ScheduledTime = isScheduled ? Time : null };

        var bound = harness.Services.GetRequiredService<JobRequestReader>().Bind(request).WithHost(Time, "request-1", hostId);

        Assert.That(bound.Request, Is.EqualTo(request with { Id = expected, Deadline = Time, HostRequestId = "request-1" }));
    }
}

using System.Text.Json;
using Dispatcher.Hosting;
using Dispatcher.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.EventBridge.Tests;

/// <summary>Runs the examples of docs/events.md with the routes that the document itself configures.</summary>
public sealed class EventsDocumentTests
{
    private const string Document = "docs/events.md";

    private static IReadOnlyList<string> Payloads => DocumentExamples.Read(Document, "json");

    private static IEnumerable<string?> Bodies =>
        DocumentExamples.Read(Document, "json batch")
            .SelectMany(batch => JsonElement.Parse(batch).GetProperty("Records").EnumerateArray())
            .Select(record => record.GetProperty("body").GetString());

    [TestCaseSource(nameof(Payloads))]
    [TestCaseSource(nameof(Bodies))]
    public async Task RunAsync_Example_Runs(string payload)
    {
        await using var harness = Create();

        var summary = await harness.RunAsync(payload);

        Assert.That(summary.Status, Is.AnyOf(JobStatus.Succeeded, JobStatus.Planned), summary.Summary);
    }

    [Test]
    public void Examples_AreAllThere()
    {
        Assert.That(Payloads, Has.Count.EqualTo(7));
        Assert.That(Bodies, Is.Not.Empty);
    }

    private static JobHarness Create() => new(
        builder => builder
            .AddJob<StartTaskJob, StartTaskParameters>("ecs-run-task", StartTaskJsonContext.Default.StartTaskParameters)
            .AddEventCounter("channel-backfill-failed", "ChannelBackfillFailed")
            .AddJob<DivisibleJob>("video-upload-cleanup", static options => options.MaxShards = 4)
            .AddEventRoutes()
            .Services.AddSingleton<IRequestSender, DiscardingSender>(),
        JsonElement.Parse(DocumentExamples.Read(Document, "json configuration").Single()).EnumerateObject()
            .ToDictionary(setting => setting.Name.Replace("__", ":", StringComparison.Ordinal), setting => setting.Value.GetString()));

    private sealed class DivisibleJob : IMaintenanceJob
    {
        public Task<JobResult> RunAsync(JobContext context, CancellationToken cancellationToken) =>
            Task.FromResult(JobResult.Succeeded($"Worked on {context.Shard}."));
    }

    private sealed class DiscardingSender : IRequestSender
    {
        public Task SendAsync(JobRequest next, TimeSpan delay, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}

using System.Text;
using System.Text.Json;
using Dispatcher.Hosting;
using Dispatcher.Testing;
using Dispatcher.Tests.TestRuns;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Tests.Payload;

public sealed class JobRequestJsonTests
{
    [Test]
    public void Write_OnlyAJob_WritesNothingElse() => Assert.That(JobRequestJson.Write(new JobRequest("a")), Is.EqualTo("""{"job":"a"}"""));

    [Test]
    public void Write_WhatTheHostAdded_StaysOut() => Assert.That(
        JobRequestJson.Write(new JobRequest("a") { Deadline = DateTimeOffset.UnixEpoch, HostRequestId = "request-1" }),
        Is.EqualTo("""{"job":"a"}"""));

    [Test]
    public async Task Write_Everything_IsReadBack()
    {
        await using var harness = new JobHarness(
            builder => builder.AddJob<SampleJob, SampleParameters>("sample", SampleJsonContext.Default.SampleParameters));
        var request = new JobRequest("sample")
        {
            DryRun = true,
            Parameters = JsonElement.Parse("""{"table":"t","note":"Tür \"1\" 🚪 \uFFFF"}"""),
            Id = "Ä\uFFFE\n",
            ScheduledTime = new DateTimeOffset(2026, 11, 22, 3, 0, 0, 1, TimeSpan.Zero),
            Continuation = 7,
            Limits = new ChangeLimits { MaxChanges = long.MaxValue, MaxChangesPercent = 0.25m, MaxBytes = 0, MaxChangesPerSecond = 1 },
        };

        var json = JobRequestJson.Write(request);
        var read = harness.Services.GetRequiredService<JobRequestReader>(
            ).Read(JobRequestReader.Parse(Encoding.UTF8.GetBytes(json))).Request;

        Assert.That(json.All(static character => character is >= ' ' and <= '~'), Is.True, json);
        Assert.That(read with { Parameters = default }, Is.EqualTo(request with { Parameters = default }));
        Assert.That(JsonElement.DeepEquals(read.Parameters, request.Parameters), Is.True, json);
    }
}

using Amazon.DynamoDBv2;
using Amazon.S3;
using Dispatcher.Jobs.VideoUploads.Cleanup;
using Dispatcher.Lambda.Tests;
using Dispatcher.Races.Tests.World;
using Dispatcher.Testing;
using Dispatcher.Testing.Aws.Fakes.Calls;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Races.Tests;

/// <summary>Deliveries of a slot at once, with something new to clean up for each slot.</summary>
internal sealed class SlotTests
{
    [Test]
    public Task Deliver_EachSlotTwentyTimesAtOnce_CleansUpOnce() => DeliverAsync(SlotDeliveries.Slots);

    [Test]
    [Explicit("Takes minutes.")]
    [Category("Soak")]
    public Task Deliver_ManySlotsTwentyTimesAtOnce_CleansUpOnce() => DeliverAsync(SlotDeliveries.ManySlots);

    private static async Task DeliverAsync(int slots)
    {
        var clock = new TestClock(CleanupWorld.Beginning);
        var world = new CleanupWorld(seed: 1, clock);
        var caller = new FakeCaller("functions", clock);
        using var s3 = world.Aws.CreateS3(caller);
        using var dynamoDb = world.Aws.CreateDynamoDb(caller);
        await using var deliveries = new SlotDeliveries(
            static builder => builder.AddVideoUploadCleanup(),
            services => services.AddSingleton<IAmazonS3>(s3).AddSingleton<IAmazonDynamoDB>(dynamoDb),
            clock,
            ("TABLE_NAME", "sessions"),
            ("BUCKET", "uploads"));

        var parameters = CleanupParameters.For(CleanupMode.Delete);

        // One slot at a time: otherwise one run would clean up for another slot.
        var ran = await deliveries.DeliverAsync(
            slots,
            slot =>
            {
                world.Add(UploadKind.ExpiredWithObject);
                return $$$"""{"job":"video-upload-cleanup","id":"slot-{{{slot}}}","parameters":{{{parameters}}}}""";
            },
            atOnce: 1);

        Assert.That(ran, Has.Count.EqualTo(slots));
        Assert.That(
            ran.SelectMany(static runs => runs.Select(run => (runs.Count(), run.Status, run.Count("sessionsCleaned")))),
            Has.All.EqualTo((1, JobStatus.Succeeded, 1L)));
        Assert.That((world.Table.Items.Count, world.Bucket.Objects.Count), Is.EqualTo((0, 0)));
    }
}

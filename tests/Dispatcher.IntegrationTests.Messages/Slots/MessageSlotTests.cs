using Amazon.ECS;
using Amazon.ECS.Model;
using Amazon.SQS;
using Amazon.SQS.Model;
using Dispatcher.Aws;
using Dispatcher.Function;
using Dispatcher.Jobs.Http.Tests.Server;
using Dispatcher.Lambda.Tests;
using Dispatcher.LocalServers.Moto;
using Microsoft.Extensions.DependencyInjection;
using Task = System.Threading.Tasks.Task;

namespace Dispatcher.IntegrationTests.Messages.Slots;

/// <summary>Deliveries of a slot at once, counted where their effects arrive.</summary>
public sealed class MessageSlotTests
{
    private MotoServer _moto = null!;
    private AmazonSQSClient _sqs = null!;
    private AmazonECSClient _ecs = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _moto = await SharedMoto.ResetAsync();
        _sqs = _moto.CreateSqs();
        _ecs = _moto.CreateEcs();
        await _ecs.RegisterTaskDefinitionAsync(new RegisterTaskDefinitionRequest
        {
            Family = "report",
            ContainerDefinitions = [new ContainerDefinition { Name = "main", Image = "report", Memory = 128 }],
        });
    }

    [OneTimeTearDown]
    public void Stop()
    {
        _sqs?.Dispose();
        _ecs?.Dispose();
    }

    [Test]
    public Task Deliver_CeleryEnqueueTwentyTimesAtOnce_SendsOneMessageForEachSlot() =>
        DeliverCeleryEnqueueAsync(SlotDeliveries.Slots);

    [Test]
    [Explicit("Takes minutes.")]
    [Category("Soak")]
    public Task Deliver_CeleryEnqueueManySlotsTwentyTimesAtOnce_SendsOneMessageForEachSlot() =>
        DeliverCeleryEnqueueAsync(SlotDeliveries.ManySlots);

    [Test]
    public Task Deliver_HttpTriggerTwentyTimesAtOnce_SendsOneRequestForEachSlot() =>
        DeliverHttpTriggerAsync(SlotDeliveries.Slots);

    [Test]
    [Explicit("Takes minutes.")]
    [Category("Soak")]
    public Task Deliver_HttpTriggerManySlotsTwentyTimesAtOnce_SendsOneRequestForEachSlot() =>
        DeliverHttpTriggerAsync(SlotDeliveries.ManySlots);

    [Test]
    public Task Deliver_EcsRunTaskTwentyTimesAtOnce_StartsOneTaskForEachSlot() =>
        DeliverEcsRunTaskAsync(SlotDeliveries.Slots);

    [Test]
    [Explicit("Takes minutes.")]
    [Category("Soak")]
    public Task Deliver_EcsRunTaskManySlotsTwentyTimesAtOnce_StartsOneTaskForEachSlot() =>
        DeliverEcsRunTaskAsync(SlotDeliveries.ManySlots);

    private async Task DeliverCeleryEnqueueAsync(int slots)
    {
        var queue = (await _sqs.CreateQueueAsync($"slots-{slots}")).QueueUrl;
        await using var deliveries = Create();

        var ran = await deliveries.DeliverAsync(
            slots,
            slot => $$$"""{"job":"celery-enqueue","id":"slot-{{{slot}}}","parameters":{"queueUrl":"{{{queue}}}","task":"app.run"}}""");

        var attributes = await _sqs.GetQueueAttributesAsync(new GetQueueAttributesRequest(queue, ["ApproximateNumberOfMessages"]));
        Assert.That(attributes.ApproximateNumberOfMessages, Is.EqualTo(slots));
        AssertOnce(ran, slots);
    }

    private async Task DeliverHttpTriggerAsync(int slots)
    {
        await using var endpoint = new MisbehavingServer(MisbehavingServer.Answer(200));
        await using var deliveries = Create();

        var ran = await deliveries.DeliverAsync(
            slots, slot => $$$"""{"job":"http-trigger","id":"slot-{{{slot}}}","parameters":{"url":"{{{endpoint.Url}}}"}}""");

        Assert.That(endpoint.Requests, Has.Count.EqualTo(slots));
        AssertOnce(ran, slots);
    }

    private async Task DeliverEcsRunTaskAsync(int slots)
    {
        var cluster = $"slots-{slots}";
        await _ecs.CreateClusterAsync(new CreateClusterRequest { ClusterName = cluster });
        await using var deliveries = Create(
            ("EcsTasks:report:Cluster", cluster),
            ("EcsTasks:report:TaskDefinition", "report"),
            ("EcsTasks:report:LaunchType", "FARGATE"),
            ("EcsTasks:report:Subnets", "subnet-0a1b2c3d"));

        var ran = await deliveries.DeliverAsync(
            slots, static slot => $$$"""{"job":"ecs-run-task","id":"slot-{{{slot}}}","parameters":{"task":"report"}}""");

        var tasks = 0;
        string? token = null;
        do
        {
            var page = await _ecs.ListTasksAsync(new ListTasksRequest { Cluster = cluster, NextToken = token });
            (tasks, token) = (tasks + (page.TaskArns?.Count ?? 0), page.NextToken);
        }
        while (token is not null);

        Assert.That(tasks, Is.EqualTo(slots));
        AssertOnce(ran, slots);
    }

    private static void AssertOnce(ILookup<string, RunRecord> ran, int slots)
    {
        Assert.That(ran, Has.Count.EqualTo(slots));
        Assert.That(
            ran.SelectMany(static runs => runs.Select(run => (runs.Count(), run.Status, run.Changes.Applied))),
            Has.All.EqualTo((1, JobStatus.Succeeded, 1L)));
    }

    private SlotDeliveries Create(params (string Key, string? Value)[] settings) => new(
        static builder => builder.AddMaintenanceJobs(),
        services =>
        {
            services.AddSingleton<IAmazonSQS>(_ => AwsClientGuard.Protect(_moto.CreateSqs()));
            services.AddSingleton<IAmazonECS>(_ => AwsClientGuard.Protect(_moto.CreateEcs()));
        },
        settings: settings);
}

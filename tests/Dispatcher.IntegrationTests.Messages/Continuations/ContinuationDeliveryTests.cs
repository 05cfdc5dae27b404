using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Amazon.ECS;
using Amazon.ECS.Model;
using Amazon.SQS;
using Amazon.SQS.Model;
using Dispatcher.Lambda.Tests;
using Dispatcher.IntegrationTests.Messages.Batches;
using Dispatcher.IntegrationTests.Messages.Servers;
using Dispatcher.LocalServers.Moto;
using Task = System.Threading.Tasks.Task;

namespace Dispatcher.IntegrationTests.Messages.Continuations;

/// <summary>Lets the deployed program wait for an ECS task that outlives its timeout, from run to run through the job queue.</summary>
public sealed class ContinuationDeliveryTests
{
    private const string Slot = "event-1";

    private MotoServer _moto = null!;
    private AmazonSQSClient _sqs = null!;
    private AmazonECSClient _ecs = null!;
    private string _subnet = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _moto = await SharedMoto.ResetAsync();
        _subnet = await _moto.FindSubnetAsync();
        _sqs = _moto.CreateSqs();
        _ecs = _moto.CreateEcs();
        await _ecs.CreateClusterAsync(new CreateClusterRequest { ClusterName = "reports" });
        await _ecs.RegisterTaskDefinitionAsync(new RegisterTaskDefinitionRequest
        {
            Family = "report",
            RequiresCompatibilities = ["FARGATE"],
            Cpu = "256",
            Memory = "512",
            ContainerDefinitions = [new ContainerDefinition { Name = "main", Image = "report", Memory = 128 }],
        });

        // By default a task stops after four looks: how many a run takes would depend on the clock.
        await _moto.KeepTasksRunningAsync();
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _moto.ResetTaskStopsAsync();
        _sqs?.Dispose();
        _ecs?.Dispose();
    }

    [Test]
    public async Task Deliver_WorkOutlivesTheTimeoutTwice_GoesOnUntilItIsDone()
    {
        var queue = (await _sqs.CreateQueueAsync(new CreateQueueRequest("jobs"))).QueueUrl;
        await using var function = Start(queue);
        var mapping = new EventSourceMapping(_sqs, queue, function);

        await SetTimeoutAsync(function);
        var first = await function.InvokeAsync(
            $$$"""{"job":"ecs-run-task","id":"{{{Slot}}}","parameters":{"task":"report","waitForStop":true} }""");
        Assert.That(first.Body.GetProperty("status").GetString(), Is.EqualTo("continued"), first.Body.GetRawText());
        var second = await mapping.DeliverAsync();
        Assert.That(second.Reported, Is.Empty, "the second run stops in time");

        var tasks = (await _ecs.ListTasksAsync(new ListTasksRequest { Cluster = "reports" })).TaskArns;
        await _moto.StopTasksAtOnceAsync();
        var third = await mapping.DeliverAsync();

        Assert.That(second.Reported.Concat(third.Reported), Is.Empty);
        Assert.That(Continuations(second.Delivered.Concat(third.Delivered)), Is.EqualTo(new[] { (Slot, 1), (Slot, 2) }));
        Assert.That(tasks, Has.Count.EqualTo(1), "one slot, one task");
        Assert.That(await CountAsync(queue), Is.Zero, "nothing follows a run that is done");
        Assert.That(await StatusesAsync(function), Is.EqualTo(new[] { "planned", "continued", "continued", "succeeded" }));
    }

    [Test]
    public async Task Invoke_LastRunLeavesWork_FailsAndQueuesNothing()
    {
        var queue = (await _sqs.CreateQueueAsync(new CreateQueueRequest("limited"))).QueueUrl;
        await using var function = Start(queue, ("Continuation__MaxRuns", "2"));

        await _moto.KeepTasksRunningAsync();
        await SetTimeoutAsync(function);
        var answer = await function.InvokeAsync(
            """{"job":"ecs-run-task","id":"event-2","continuation":1,"parameters":{"task":"report","waitForStop":true}}""");

        Assert.That(answer.Path, Does.EndWith("/error"), answer.Body.GetRawText());
        Assert.That(answer.Body.GetProperty("errorMessage").GetString(), Does.Contain("This was run 2 of at most 2 for slot 'event-2'"));
        Assert.That(await CountAsync(queue), Is.Zero);
    }

    private static IEnumerable<(string?, int)> Continuations(IEnumerable<string> bodies) => bodies
        .Select(static body => JsonElement.Parse(body))
        .Select(static payload => (payload.GetProperty("id").GetString(), payload.GetProperty("continuation").GetInt32()));

    private static async Task<IEnumerable<string?>> StatusesAsync(FunctionProcess function) => (await function.StopAsync())
        .Where(static line => line.TryGetProperty("status", out _) && line.TryGetProperty("runId", out _))
        .Select(static line => line.GetProperty("status").GetString());

    /// <summary>
    /// Sets a timeout within which a run can start its task, however slow the machine is: many times as long as a plan takes, which makes
    /// the same requests except one. The first plan also loads what every run needs. Of 16 seconds, 4 remain after the stop to queue the
    /// rest.
    /// </summary>
    private static async Task SetTimeoutAsync(FunctionProcess function)
    {
        const string Plan = """{"job":"ecs-run-task","dryRun":true,"parameters":{"task":"report"}}""";
        var begin = Stopwatch.GetTimestamp();
        await function.InvokeAsync(Plan);
        var seconds = Stopwatch.GetElapsedTime(begin).TotalSeconds;
        function.Api.Timeout = TimeSpan.FromSeconds(Math.Max(16, 6 * seconds));
    }

    private FunctionProcess Start(string queue, params (string Name, string Value)[] settings) => FunctionProcess.Start(
        "Dispatcher.Function.dll",
        [
            ("AWS_ENDPOINT_URL", _moto.Url),
            ("AWS_REGION", "us-east-1"),
            ("AWS_ACCESS_KEY_ID", "testing"),
            ("AWS_SECRET_ACCESS_KEY", "testing"),
            ("JOB_QUEUE_URL", queue),
            ("Continuation__IdleDelaySeconds", "1"),
            ("EcsTasks__report__Cluster", "reports"),
            ("EcsTasks__report__TaskDefinition", "report"),
            ("EcsTasks__report__LaunchType", "FARGATE"),
            ("EcsTasks__report__Subnets", _subnet),
            ("EcsTasks__report__SecurityGroups", "sg-0a1b2c3d"),
            .. settings,
        ]);

    private async Task<int> CountAsync(string queue)
    {
        var attributes = (await _sqs.GetQueueAttributesAsync(new GetQueueAttributesRequest(queue, ["All"]))).Attributes;
        return int.Parse(attributes["ApproximateNumberOfMessages"], CultureInfo.InvariantCulture)
            + int.Parse(attributes["ApproximateNumberOfMessagesDelayed"], CultureInfo.InvariantCulture)
            + int.Parse(attributes["ApproximateNumberOfMessagesNotVisible"], CultureInfo.InvariantCulture);
    }
}

using System.Net;
using Amazon.ECS;
using Amazon.ECS.Model;
using Amazon.Runtime;
using Dispatcher.Testing;
using static Dispatcher.Jobs.Ecs.Tests.EcsRunTask.EcsHarness;
using Task = System.Threading.Tasks.Task;

namespace Dispatcher.Jobs.Ecs.Tests.EcsRunTask;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class EcsRunTaskJobTests
{
    private const string Slot = "\"id\":\"event-1\",";

    private readonly FakeEcs _ecs = new();

    [Test]
    public async Task RunAsync_AllParameters_StandInTheRequest()
    {
        await using var harness = Create(_ecs);

        var summary = await harness.RunAsync(PayloadOf("""
            {"cluster":"reports","taskDefinition":"claims-report:4","launchType":"FARGATE","platformVersion":"LATEST","count":2,
             "subnets":["subnet-1"],"securityGroups":["sg-1"],"assignPublicIp":true,"taskRoleArn":"arn:aws:iam::123456789012:role/task",
             "containerOverrides":[{"name":"main","command":["run","--all"],"environment":{"MODE":"weekly"},"cpu":1024,"memory":3072}],"tags":{"owner":"rights"}}
            """));

        var request = _ecs.Calls.Single();
        var (network, container) = (request.NetworkConfiguration.AwsvpcConfiguration, request.Overrides.ContainerOverrides.Single());
        Assert.Multiple(() =>
        {
            Assert.That(summary.Status, Is.EqualTo(JobStatus.Succeeded), summary.Summary);
            Assert.That(summary.Count("tasksStarted"), Is.EqualTo(2));
            Assert.That((request.Cluster, request.TaskDefinition, request.Count), Is.EqualTo(("reports", "claims-report:4", 2)));
            Assert.That((request.LaunchType.Value, request.PlatformVersion), Is.EqualTo(("FARGATE", "LATEST")));
            Assert.That(network.Subnets, Is.EqualTo(new[] { "subnet-1" }));
            Assert.That(network.SecurityGroups, Is.EqualTo(new[] { "sg-1" }));
            Assert.That(network.AssignPublicIp.Value, Is.EqualTo("ENABLED"));
            Assert.That(request.Overrides.TaskRoleArn, Is.EqualTo("arn:aws:iam::123456789012:role/task"));
            Assert.That(container.Command, Is.EqualTo(new[] { "run", "--all" }));
            Assert.That((container.Environment.Single().Name, container.Environment.Single().Value), Is.EqualTo(("MODE", "weekly")));
            Assert.That((container.Cpu, container.Memory), Is.EqualTo((1024, 3072)));
            Assert.That((request.Tags.Single().Key, request.Tags.Single().Value), Is.EqualTo(("owner", "rights")));
        });
    }

    [Test]
    public async Task RunAsync_CapacityProviders_ReplaceTheLaunchType()
    {
        await using var harness = Create(_ecs);

        await harness.RunAsync(PayloadOf("""
            {"taskDefinition":"t","subnets":["subnet-1"],"capacityProviderStrategy":[{"capacityProvider":"FARGATE_SPOT","weight":3},{"capacityProvider":"FARGATE","base":1}]}
            """));

        Assert.That(_ecs.Calls.Single().LaunchType, Is.Null);
        Assert.That(
            _ecs.Calls.Single().CapacityProviderStrategy.Select(provider => (provider.CapacityProvider, provider.Weight, provider.Base)),
            Is.EqualTo(new (string, int?, int?)[] { ("FARGATE_SPOT", 3, null), ("FARGATE", null, 1) }));
    }

    [Test]
    public async Task RunAsync_TokenAndStartedBy_KeepTheServicesLimits()
    {
        await using var harness = Create(_ecs);

        await harness.RunAsync(PayloadOf(Minimal, $"\"id\":\"{new string('x', 256)}\","));

        Assert.That(_ecs.Calls.Single().ClientToken, Has.Length.LessThanOrEqualTo(64));
        Assert.That(_ecs.Calls.Single().StartedBy, Does.Match("^[A-Za-z0-9/_-]{1,128}$"));
    }

    [Test]
    public async Task RunAsync_SlotDeliveredAgainWhileTheTaskRuns_StartsOneTask()
    {
        await using var harness = Create(_ecs);

        await harness.RunAsync(PayloadOf(Minimal, Slot));
        var second = await harness.RunAsync(PayloadOf(Minimal, Slot));

        Assert.That(_ecs.Tasks, Has.Count.EqualTo(1));
        Assert.That(second.Status, Is.EqualTo(JobStatus.Skipped));
        Assert.That(second.Summary, Does.Contain(_ecs.Tasks[0].TaskArn));
    }

    [Test]
    public async Task RunAsync_SlotDeliveredAgainAfterTheTaskStopped_RepeatsTheRequestThatEcsDrops()
    {
        await using var harness = Create(_ecs);

        await harness.RunAsync(PayloadOf(Minimal, Slot));
        _ecs.Stop(0);
        await harness.RunAsync(PayloadOf(Minimal, Slot));

        Assert.That(_ecs.Calls, Has.Count.EqualTo(2));
        Assert.That(_ecs.Calls[1].ClientToken, Is.EqualTo(_ecs.Calls[0].ClientToken));
        Assert.That(_ecs.Tasks, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task RunAsync_AnswerLost_RepeatsTheSameRequest()
    {
        _ecs.NextThrows(new TimeoutException("no answer"));
        await using var harness = Create(_ecs);

        var summary = await harness.RunAsync(PayloadOf(Minimal));

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Succeeded));
        Assert.That(summary.Attempts, Is.EqualTo(2));
        Assert.That(_ecs.Calls[1].ClientToken, Is.EqualTo(_ecs.Calls[0].ClientToken));
    }

    [Test]
    public async Task RunAsync_AnswerLostAfterTheTaskWasStarted_FindsItsOwnTaskAndCountsIt()
    {
        var clock = new ManualTimeProvider();
        _ecs.Clock = clock;
        await using var harness = Create(_ecs.NextLosesItsAnswer(new TimeoutException("no answer")), clock);

        var summary = await harness.RunAsync(PayloadOf(Minimal, Slot));

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Succeeded), summary.Summary);
        Assert.That(_ecs.Tasks, Has.Count.EqualTo(1));
        Assert.That(summary.Count("tasksStarted"), Is.EqualTo(1));
        Assert.That(summary.Changes.Applied, Is.EqualTo(1));
    }

    [TestCase(Slot, "To deliver this slot again is safe")]
    [TestCase("", "A new run needs an 'id' or 'scheduledTime'")]
    public async Task RunAsync_EveryAnswerLost_SaysThatTheTaskMayRunAndWhatMakesARepetitionSafe(string around, string remedy)
    {
        for (var attempt = 0; attempt < 3; attempt++)
        {
            _ecs.NextLosesItsAnswer(new TimeoutException("no answer"));
        }

        await using var harness = Create(_ecs);

        var summary = await harness.RunAsync(PayloadOf(Minimal, around));

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Failed));
        Assert.That(summary.Summary, Does.Contain("may have started 'claims-report' all the same").And.Contain(_ecs.Tasks.Single().StartedBy).And.Contain(remedy));
        Assert.That(_ecs.Calls.Select(call => call.ClientToken).Distinct(), Has.One.Items);
    }

    [Test]
    public async Task RunAsync_TasksOfAnEarlierDeliveryInTheAnswer_AreNotCountedAsItsOwn()
    {
        var clock = new ManualTimeProvider();
        _ecs.Clock = clock;
        await using var harness = Create(_ecs, clock);
        var payload = PayloadOf("""{"taskDefinition":"t","count":2}""", Slot);

        var first = await harness.RunAsync(payload);
        _ecs.Stop(0);
        clock.Advance(TimeSpan.FromMinutes(1));
        var second = await harness.RunAsync(payload);

        Assert.That(first.Count("tasksStarted"), Is.EqualTo(2));
        Assert.That(_ecs.Calls, Has.Count.EqualTo(2));
        Assert.That(second.Status, Is.EqualTo(JobStatus.Skipped), second.Summary);
        Assert.That(second.Count("tasksStarted"), Is.Zero);
        Assert.That(second.Changes.Applied, Is.Zero);
        Assert.That(second.Summary, Does.Contain(_ecs.Tasks[0].TaskArn).And.Contain(_ecs.Tasks[1].TaskArn));
    }

    [Test]
    public async Task RunAsync_EarlierDeliveryStartedSome_CountsTheOthersOnly()
    {
        var clock = new ManualTimeProvider();
        _ecs.Clock = clock;
        var payload = PayloadOf("""{"taskDefinition":"t","count":2}""", Slot);
        List<Amazon.ECS.Model.Task> earlier = [];
        _ecs.Next(request => new RunTaskResponse { Tasks = earlier = _ecs.Start(request, 1), Failures = [new Amazon.ECS.Model.Failure { Reason = "MISSING" }] });
        await using var harness = Create(_ecs, clock);

        await harness.RunAsync(payload);
        _ecs.Stop(0);
        clock.Advance(TimeSpan.FromMinutes(1));
        _ecs.Next(_ => new RunTaskResponse { Tasks = earlier, Failures = [new Amazon.ECS.Model.Failure { Reason = "RESOURCE:CPU" }] });
        var second = await harness.RunAsync(payload);

        Assert.That(second.Status, Is.EqualTo(JobStatus.Succeeded), second.Summary);
        Assert.That(second.Count("tasksStarted"), Is.EqualTo(1));
        Assert.That(second.Summary, Does.StartWith("Started 1 task of 't'").And.Contain("an earlier delivery of this slot has started 1 task"));
    }

    [TestCase("\"id\":\"event-2\",", Minimal)]
    [TestCase(Slot, """{"taskDefinition":"other"}""")]
    [TestCase("", Minimal)]
    public async Task RunAsync_AnotherSlotOrAnotherPayload_StartsAnotherTask(string around, string parameters)
    {
        await using var harness = Create(_ecs);

        await harness.RunAsync(PayloadOf(Minimal, around.Length == 0 ? "" : Slot));
        await harness.RunAsync(PayloadOf(parameters, around));

        Assert.That(_ecs.Tasks, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task RunAsync_TokenUsedWithOtherSettings_IsSkipped()
    {
        await using var harness = Create(_ecs.NextThrows(new ConflictException("The client token is in use.")));

        var summary = await harness.RunAsync(PayloadOf(Minimal, Slot));

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Skipped));
    }

    [TestCase("RESOURCE:CPU")]
    [TestCase("RESOURCE:MEMORY")]
    [TestCase("AGENT")]
    [TestCase("Capacity is unavailable at this time. Please try again later or in a different availability zone")]
    public async Task RunAsync_NoRoomForTheMoment_IsTriedAgain(string reason)
    {
        await using var harness = Create(_ecs.NextStarts(0, reason));

        var summary = await harness.RunAsync(PayloadOf(Minimal));

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Succeeded));
        Assert.That(summary.Attempts, Is.EqualTo(2));
        Assert.That(_ecs.Tasks, Has.Count.EqualTo(1));
    }

    [TestCase("MISSING")]
    [TestCase("INACTIVE")]
    [TestCase("ATTRIBUTE")]
    [TestCase("ACCESS_DENIED")]
    [TestCase("EMPTY CAPACITY PROVIDER")]
    [TestCase("NO ACTIVE INSTANCES")]
    [TestCase("The capacity provider is not associated with the cluster")]
    public async Task RunAsync_CanNotBePlaced_FailsAtOnce(string reason)
    {
        await using var harness = Create(_ecs.NextStarts(0, reason));

        var summary = await harness.RunAsync(PayloadOf(Minimal));

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Failed));
        Assert.That(summary.Attempts, Is.EqualTo(1));
        Assert.That(summary.Summary, Does.Contain(reason));
    }

    [Test]
    public async Task RunAsync_SomeStarted_StartsTheOthersUnderANewToken()
    {
        await using var harness = Create(_ecs.NextStarts(2, "RESOURCE:CPU"));

        var summary = await harness.RunAsync(PayloadOf("""{"taskDefinition":"t","count":3}"""));

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Succeeded));
        Assert.That(_ecs.Calls.Select(call => call.Count), Is.EqualTo(new[] { 3, 1 }));
        Assert.That(_ecs.Calls.Select(call => call.ClientToken), Is.Unique);
        Assert.That(_ecs.Tasks, Has.Count.EqualTo(3));
        Assert.That(summary.Errors, Is.Empty);
    }

    [Test]
    public async Task RunAsync_NeverRoomForAll_EndsPartialWithTheReason()
    {
        _ecs.NextStarts(1, "RESOURCE:CPU").NextStarts(0, "RESOURCE:CPU").NextStarts(0, "RESOURCE:CPU");
        await using var harness = Create(_ecs);

        var summary = await harness.RunAsync(PayloadOf("""{"taskDefinition":"t","count":2}"""));

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Partial));
        Assert.That(summary.Summary, Does.Contain("Started 1 of 2 tasks").And.Contain("RESOURCE:CPU"));
        Assert.That(summary.Errors, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task RunAsync_CapacityExceptionInsteadOfAFailure_IsTriedAgain()
    {
        await using var harness = Create(_ecs.NextThrows(new ClientException("Capacity is unavailable at this time. Please try again later.")));

        Assert.That((await harness.RunAsync(PayloadOf(Minimal))).Attempts, Is.EqualTo(2));
    }

    private static AccessDeniedException Denied(string message) =>
        new($"User: arn:aws:sts::123456789012:assumed-role/dispatcher/f is not authorized to perform: {message}", null, ErrorType.Sender, "AccessDeniedException", "r-1", HttpStatusCode.BadRequest);

    private static IEnumerable<TestCaseData> PermanentErrors()
    {
        yield return new TestCaseData(
            Denied("iam:PassRole on resource: arn:aws:iam::123456789012:role/exec because no identity-based policy allows the iam:PassRole action"),
            "Allow iam:PassRole on arn:aws:iam::123456789012:role/exec in the function's role, with the condition iam:PassedToService = ecs-tasks.amazonaws.com.");
        yield return new TestCaseData(
            Denied("ecs:TagResource on resource: arn:aws:ecs:eu-central-1:123456789012:task/default/* because no identity-based policy allows the ecs:TagResource action"),
            "Allow ecs:TagResource on arn:aws:ecs:eu-central-1:123456789012:task/default/* in the function's role, with the condition ecs:CreateAction = RunTask, or leave out 'tags'. (");
        yield return new TestCaseData(
            Denied("ecs:RunTask on resource: arn:aws:ecs:eu-central-1:123456789012:task-definition/t:1"),
            "Allow ecs:RunTask on arn:aws:ecs:eu-central-1:123456789012:task-definition/t:1 in the function's role. (");
        yield return new TestCaseData(
            new InvalidParameterException("The specified capacity provider strategy cannot contain a capacity provider that is not associated with the cluster. Associate the capacity provider with the cluster or specify a valid capacity provider and try again."),
            "PutClusterCapacityProviders");
        yield return new TestCaseData(new InvalidParameterException("The specified capacity provider 'x' was not found. Specify a valid name or ARN and try again."), "capacityProviderStrategy");
        yield return new TestCaseData(new InvalidParameterException("No Container Instances were found in your cluster."), "set launchType to FARGATE, give a capacity provider, or register instances");

        yield return new TestCaseData(new ClusterNotFoundException("Cluster not found."), "There is no cluster 'default'");
        yield return new TestCaseData(new ClientException("TaskDefinition not found."), "refused to run task definition 'claims-report' on cluster 'default': TaskDefinition not found.");
        yield return new TestCaseData(new InvalidParameterException("No Fargate configuration exists."), "No Fargate configuration exists.");
        yield return new TestCaseData(
            new AccessDeniedException("not authorized", null, ErrorType.Sender, "AccessDeniedException", "r-1", HttpStatusCode.BadRequest),
            "Allow ecs:RunTask, and iam:PassRole");
    }

    [TestCaseSource(nameof(PermanentErrors))]
    public async Task RunAsync_Refused_FailsAtOnceWithTheRemedy(AmazonECSException exception, string message)
    {
        await using var harness = Create(_ecs.NextThrows(exception));

        var summary = await harness.RunAsync(PayloadOf(Minimal));

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Failed));
        Assert.That(summary.Attempts, Is.EqualTo(1));
        Assert.That(summary.Summary, Does.Contain(message));
    }

    [Test]
    public async Task RunAsync_DryRun_ShowsTheRequestAndStartsNothing()
    {
        await using var harness = Create(_ecs, Profile);

        var summary = await harness.RunAsync(PayloadOf("""{"task":"claims-report","count":2}""", "\"dryRun\":true,"));

        Assert.That(_ecs.Calls, Is.Empty);
        Assert.That(summary.Status, Is.EqualTo(JobStatus.Planned));
        Assert.That(summary.Count("tasksStarted"), Is.EqualTo(2));
        Assert.That(summary.Changes.Items[0].Target, Is.EqualTo("ecs://reports/claims-report"));
        Assert.That(
            summary.Changes.Items[0].Reason,
            Does.StartWith("FARGATE; subnets subnet-1,subnet-2; security groups sg-1; public address ENABLED; container main: environment MODE cpu 512; tags owner=rights; startedBy "));
    }

    [Test]
    public async Task RunAsync_Cancelled_StopsWithinASecond()
    {
        _ecs.Hangs = true;
        await using var harness = Create(_ecs);
        using var cancellation = new CancellationTokenSource();

        var run = harness.RunAsync(PayloadOf(Minimal), cancellationToken: cancellation.Token);
        await cancellation.CancelAsync();

        Assert.That((await run.WaitAsync(TimeSpan.FromSeconds(1))).Status, Is.EqualTo(JobStatus.Failed));
    }
}

using System.Net;
using Amazon.ECS;
using Amazon.ECS.Model;
using Amazon.Runtime;
using static Dispatcher.Jobs.Ecs.Tests.EcsHarness;
using Task = System.Threading.Tasks.Task;

namespace Dispatcher.Jobs.Ecs.Tests;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class StartFailureTests
{
    private readonly FakeEcs _ecs = new();

    [TestCase("RESOURCE:CPU")]
    [TestCase("RESOURCE:MEMORY")]
    [TestCase("AGENT")]
    [TestCase("Capacity is unavailable at this time. Please try again later or in a different availability zone")]
    public async Task RunAsync_NoRoomForTheMoment_IsRetried(string reason)
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
    public async Task RunAsync_CannotBePlaced_FailsAtOnce(string reason)
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
    public async Task RunAsync_CapacityExceptionInsteadOfAFailure_IsRetried()
    {
        await using var harness = Create(
            _ecs.NextThrows(new ClientException("Capacity is unavailable at this time. Please try again later.")));

        Assert.That((await harness.RunAsync(PayloadOf(Minimal))).Attempts, Is.EqualTo(2));
    }

    private static AccessDeniedException Denied(string message) =>
        new(
            $"User: arn:aws:sts::123456789012:assumed-role/dispatcher/f is not authorized to perform: {message}",
            null,
            ErrorType.Sender,
            "AccessDeniedException",
            "r-1",
            HttpStatusCode.BadRequest);

    private static IEnumerable<TestCaseData> PermanentErrors()
    {
        yield return new TestCaseData(
            Denied("iam:PassRole on resource: arn:aws:iam::123456789012:role/exec because "
                   + "no identity-based policy allows the iam:PassRole action"),
            "Allow iam:PassRole on arn:aws:iam::123456789012:role/exec in the function's role, "
            + "with the condition iam:PassedToService = ecs-tasks.amazonaws.com.");
        yield return new TestCaseData(
            Denied("ecs:TagResource on resource: arn:aws:ecs:eu-central-1:123456789012:task/default/* because "
                   + "no identity-based policy allows the ecs:TagResource action"),
            "Allow ecs:TagResource on arn:aws:ecs:eu-central-1:123456789012:task/default/* in the function's role, "
            + "with the condition ecs:CreateAction = RunTask, or leave out 'tags'. (");
        yield return new TestCaseData(
            Denied("ecs:RunTask on resource: arn:aws:ecs:eu-central-1:123456789012:task-definition/t:1"),
            "Allow ecs:RunTask on arn:aws:ecs:eu-central-1:123456789012:task-definition/t:1 in the function's role. (");
        yield return new TestCaseData(
            new InvalidParameterException(
                "The specified capacity provider strategy cannot contain a capacity provider that is not associated with the cluster. "
                + "Associate the capacity provider with the cluster or specify a valid capacity provider and try again."),
            "PutClusterCapacityProviders");
        yield return new TestCaseData(
            new InvalidParameterException("The specified capacity provider 'x' was not found. Specify a valid name or ARN and try again."),
            "capacityProviderStrategy");
        yield return new TestCaseData(
            new InvalidParameterException("No Container Instances were found in your cluster."),
            "set launchType to FARGATE, give a capacity provider, or register instances");

        yield return new TestCaseData(new ClusterNotFoundException("Cluster not found."), "There is no cluster 'default'");
        yield return new TestCaseData(
            new ClientException("TaskDefinition not found."),
            "refused to run task definition 'claims-report' on cluster 'default': TaskDefinition not found.");
        yield return new TestCaseData(
            new InvalidParameterException("No Fargate configuration exists."), "No Fargate configuration exists.");
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
}

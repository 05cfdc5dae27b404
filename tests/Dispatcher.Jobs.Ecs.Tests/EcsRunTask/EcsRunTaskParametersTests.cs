using Dispatcher.Hosting;

using static Dispatcher.Jobs.Ecs.Tests.EcsRunTask.EcsHarness;

namespace Dispatcher.Jobs.Ecs.Tests.EcsRunTask;

public sealed class EcsRunTaskParametersTests
{
    [TestCase("{}", "Nothing to run is named")]
    [TestCase("""{"taskDefinition":"t","launchType":"fargate"}""", "it must be FARGATE, EC2")]
    [TestCase("""{"taskDefinition":"t","launchType":"FARGATE"}""", "'subnets' is missing")]
    [TestCase("""{"taskDefinition":"t","capacityProviderStrategy":[{"capacityProvider":"FARGATE_SPOT"}]}""", "'subnets' is missing")]
    [TestCase("""{"taskDefinition":"t","launchType":"EC2","capacityProviderStrategy":[{"capacityProvider":"x"}]}""", "exclude each other")]
    [TestCase("""{"taskDefinition":"t","capacityProviderStrategy":[{"capacityProvider":"x","weight":1001}]}""", "A weight is 0 to 1000")]
    [TestCase("""{"taskDefinition":"t","assignPublicIp":true}""", "which needs 'subnets'")]
    [TestCase("""{"taskDefinition":"t","subnets":["sg-1"]}""", "begins with subnet-")]
    [TestCase("""{"taskDefinition":"t","count":11}""", "must be from 1 to 10")]
    [TestCase("""{"taskDefinition":"t","count":0}""", "must be from 1 to 10")]
    [TestCase("""{"taskDefinition":"t","taskRoleArn":"role"}""", "a role is an ARN")]
    [TestCase("""{"taskDefinition":"t","containerOverrides":[{"name":"a"},{"name":"a"}]}""", "has 2 overrides")]
    [TestCase("""{"taskDefinition":"t","containerOverrides":[{"name":"a","image":"x"}]}""", "'containerOverrides' must be")]
    [TestCase("""{"taskDefinition":"t","tags":{"aws:x":"y"}}""", "Tag 'aws:x' is not allowed")]
    [TestCase("""{"task":"a b"}""", "a profile's name has letters")]
    public async Task Read_BadParameters_NamesTheProblem(string parameters, string problem)
    {
        var ecs = new FakeEcs();
        await using var harness = Create(ecs);

        Assert.That(() => harness.RunAsync(PayloadOf(parameters)), Throws.TypeOf<JobRequestException>().With.Message.Contains(problem));
        Assert.That(ecs.Calls, Is.Empty);
    }

    [Test]
    public async Task Read_SeveralProblems_AreReportedAtOnce()
    {
        await using var harness = Create(new FakeEcs());

        var exception = await Assert.ThrowsAsync<JobRequestException>(
            () => harness.RunAsync(PayloadOf("""{"launchType":"FARGATE","tags":{"":"x"},"containerOverrides":[{"name":"a","cpu":0}]}""")));

        Assert.That(exception!.Problems, Has.Count.EqualTo(4));
    }
}

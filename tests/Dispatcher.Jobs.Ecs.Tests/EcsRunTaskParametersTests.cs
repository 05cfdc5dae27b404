using Dispatcher.Hosting;

using static Dispatcher.Jobs.Ecs.Tests.EcsHarness;

namespace Dispatcher.Jobs.Ecs.Tests;

public sealed class EcsRunTaskParametersTests
{
    [TestCase("{}", "Nothing to run is named")]
    [TestCase("""{"taskDefinition":"t","launchType":"fargate"}""", "it must be FARGATE, EC2")]
    [TestCase("""{"taskDefinition":"t","launchType":"FARGATE"}""", "'subnets' is missing")]
    [TestCase("""{"taskDefinition":"t","capacityProviderStrategy":[{"capacityProvider":"FARGATE_SPOT"}]}""", "'subnets' is missing")]
    [TestCase("""{"taskDefinition":"t","launchType":"EC2","capacityProviderStrategy":[{"capacityProvider":"x"}]}""", "exclude each other")]
    [TestCase("""{"taskDefinition":"t","capacityProviderStrategy":[{"capacityProvider":"x","weight":1001}]}""", "A weight is 0 to 1000")]
    [TestCase("""{"taskDefinition":"t","assignPublicIp":true}""", "which needs 'subnets'")]
    [TestCase("""{"taskDefinition":"t","subnets":["sg-0a1b2c3d"]}""", "begins with subnet-")]
    [TestCase("""{"taskDefinition":"t","subnets":["subnet-1"]}""", "followed by 8 or 17 digits")]
    [TestCase("""{"taskDefinition":"t","subnets":["subnet-0A1B2C3D"]}""", "followed by 8 or 17 digits")]
    [TestCase("""{"taskDefinition":"t","subnets":["subnet-0a1b2c3d"],"securityGroups":["sg-0a1b2c3d4"]}""", "'securityGroups' holds 'sg-0a1b2c3d4'")]
    [TestCase("""{"taskDefinition":"t","propagateTags":"SERVICE"}""", "no service starts the task")]
    [TestCase("""{"taskDefinition":"t","executionRoleArn":"role"}""", "a role is an ARN")]
    [TestCase("""{"taskDefinition":"t","cpu":"lots"}""", "it must be CPU units")]
    [TestCase("""{"taskDefinition":"t","memory":"2 GiB"}""", "it must be MiB")]
    [TestCase("""{"taskDefinition":"t","ephemeralStorage":{"sizeInGiB":20}}""", "Give sizeInGiB from 21 to 200")]
    [TestCase("""{"taskDefinition":"t","ephemeralStorage":{"sizeInGiB":201}}""", "Give sizeInGiB from 21 to 200")]
    [TestCase("""{"taskDefinition":"t","ephemeralStorage":{}}""", "Parameter 'ephemeralStorage.sizeInGiB' is missing.")]
    [TestCase("""{"taskDefinition":"t","count":11}""", "must be from 1 to 10")]
    [TestCase("""{"taskDefinition":"t","count":0}""", "must be from 1 to 10")]
    [TestCase("""{"taskDefinition":"t","taskRoleArn":"role"}""", "a role is an ARN")]
    [TestCase("""{"taskDefinition":"t","containerOverrides":[{"name":"a"},{"name":"a"}]}""", "has 2 overrides")]
    [TestCase("""{"taskDefinition":"t","containerOverrides":[{"name":"a","image":"x"}]}""", "Unknown field 'containerOverrides[0].image'.")]
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

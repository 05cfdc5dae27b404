using Dispatcher.Hosting;
using static Dispatcher.Jobs.Ssm.Tests.SsmHarness;

namespace Dispatcher.Jobs.Ssm.Tests;

public sealed class SsmRunCommandParametersTests
{
    private const string Ids = $"\"instanceIds\":[\"{First}\"]";

    [TestCase("{}", "'commands' is missing: AWS-RunShellScript runs them")]
    [TestCase("""{"commands":["date"]}""", "No instances are named")]
    [TestCase("""{"commands":[],""" + Ids + "}", "'commands' is missing")]
    [TestCase("""{"document":"a b",""" + Ids + "}", "a document has a name")]
    [TestCase("""{"document":"Own","documentVersion":"0",""" + Ids + "}", "a version is a number")]
    [TestCase("""{"commands":["date"],"parameters":{"commands":["x"]},""" + Ids + "}", "'parameters.commands' are the same")]
    [TestCase(
        """{"commands":["date"],"executionTimeoutSeconds":5,"parameters":{"executionTimeout":["x"]},""" + Ids + "}",
        "'parameters.executionTimeout' are the same")]
    [TestCase("""{"commands":["date"],"targets":[{"key":"tag:a","values":["b"]}],""" + Ids + "}", "both name the instances")]
    [TestCase("""{"commands":["date"],"instanceIds":[]}""", "holds 0 ids. Give 1 to 50")]
    [TestCase("""{"commands":["date"],"instanceIds":["web-1"]}""", "holds 'web-1', but an id is i-")]
    [TestCase("""{"commands":["date"],"targets":[]}""", "holds 0 tags. Give 1 to 5")]
    [TestCase("""{"commands":["date"],"targets":[{"key":"Role","values":["web"]}]}""", "'Role' is not a tag")]
    [TestCase("""{"commands":["date"],"targets":[{"key":"InstanceIds","values":["*"]}]}""", "'InstanceIds' is not a tag")]
    [TestCase("""{"commands":["date"],"targets":[{"key":"tag:Role","values":[]}]}""", "has 0 values. Give 1 to 50")]
    [TestCase("""{"commands":["date"],"timeoutSeconds":29,""" + Ids + "}", "'timeoutSeconds' is 29: it must be from 30")]
    [TestCase("""{"commands":["date"],"executionTimeoutSeconds":172801,""" + Ids + "}", "'executionTimeoutSeconds' is 172801: it must be from 1")]
    [TestCase("""{"commands":["date"],"maxConcurrency":"0",""" + Ids + "}", "a number from 1, or 1% to 100%")]
    [TestCase("""{"commands":["date"],"maxConcurrency":"101%",""" + Ids + "}", "a number from 1, or 1% to 100%")]
    [TestCase("""{"commands":["date"],"maxErrors":"x",""" + Ids + "}", "a number from 0, or 0% to 100%")]
    [TestCase("""{"commands":["date"],"outputS3BucketName":"elsewhere",""" + Ids + "}", "which only a profile may do")]
    [TestCase("""{"profile":"a b"}""", "a profile's name has letters")]
    [TestCase("""{"profile":"uptime","commands":["date"]}""", "'commands' cannot be given beside 'profile'")]
    [TestCase("""{"profile":"uptime","document":"AWS-RunShellScript"}""", "'document' cannot be given beside 'profile'")]
    [TestCase("""{"profile":"uptime","parameters":{"x":["y"]}}""", "'parameters' cannot be given beside 'profile'")]
    [TestCase("""{"profile":"uptime","outputS3BucketName":"elsewhere"}""", "'outputS3BucketName' cannot be given beside 'profile'")]
    public async Task Read_BadParameters_NamesTheProblem(string parameters, string problem)
    {
        var ssm = new FakeSsm();
        await using var harness = Create(ssm, [.. Allowed, .. Profile]);

        Assert.That(() => harness.RunAsync(PayloadOf(parameters)), Throws.TypeOf<JobRequestException>().With.Message.Contains(problem));
        Assert.That(ssm.Calls, Is.Empty);
    }

    [TestCase("""{"document":"AWS-RestartEC2Instance","parameters":{"InstanceId":["x"]},""" + Ids + "}")]
    [TestCase("""{"parameters":{"commands":["date"]},""" + Ids + "}")]
    [TestCase("""{"commands":["date"],"instanceIds":["mi-0a1b2c3d4e5f60718","i-0a1b2c3d"],"maxConcurrency":"100%","maxErrors":"0%"}""")]
    public async Task Read_GoodParameters_AreSent(string parameters)
    {
        var ssm = new FakeSsm();
        await using var harness = Create(ssm, Allowed);

        var record = await harness.RunAsync(PayloadOf(parameters));

        Assert.That(record.Status, Is.EqualTo(JobStatus.Succeeded), record.Summary);
        Assert.That(ssm.Calls, Has.Count.EqualTo(1));
    }
}

using System.Text.Json;

namespace Dispatcher.Function.Tests.Template;

/// <summary>Looks at the job queue, and at what leads from it to the function.</summary>
public sealed class JobQueueTests
{
    private Deployment _deployed = null!;

    [OneTimeSetUp]
    public async Task DeployAsync() => _deployed = await Deployment.OfAsync(Variants.Everything);

    [Test]
    public void Mapping_OfTheQueue_ReportsEachMessage()
    {
        var queue = _deployed.Queue("JobQueue");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                _deployed["mappings"][0].GetProperty("EventSourceArn").GetString(), Is.EqualTo(queue.GetProperty("QueueArn").GetString()));
            Assert.That(
                ServerlessTemplate.Properties("JobQueueMapping").GetProperty("FunctionResponseTypes").GetRawText(),
                Is.EqualTo("""["ReportBatchItemFailures"]"""));
            Assert.That(queue.GetProperty("VisibilityTimeout").GetString(), Is.EqualTo("5400"));
        }
    }

    // A message that is received and finds no time left to run has lost one of its tries.
    [Test]
    public void Message_Each_IsAloneAndHasFiveTries()
    {
        var redrive = JsonElement.Parse(_deployed.Queue("JobQueue").GetProperty("RedrivePolicy").GetString()!);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(_deployed["mappings"][0].GetProperty("BatchSize").GetInt32(), Is.EqualTo(1));
            Assert.That(redrive.GetProperty("maxReceiveCount").GetInt32(), Is.EqualTo(5));
            Assert.That(
                redrive.GetProperty("deadLetterTargetArn").GetString(),
                Is.EqualTo(_deployed.Queue("FailedMessagesQueue").GetProperty("QueueArn").GetString()));
        }
    }

    [Test]
    public async Task Mapping_FunctionIsStopped_KeepsItsMessages()
    {
        var stopped = await Deployment.OfAsync(Variants.Stopped);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(_deployed["mappings"][0].GetProperty("State").GetString(), Is.EqualTo("Enabled"));
            Assert.That(stopped["mappings"][0].GetProperty("State").GetString(), Is.EqualTo("Disabled"));
            Assert.That(stopped["function"].GetProperty("ReservedConcurrency").GetInt32(), Is.Zero);
        }
    }

    // moto does not look at the rules of a template; what they refuse is held to the mapping here.
    [Test]
    public void Mapping_AtItsMost_FitsIntoTheLeastConcurrencyThatIsTaken()
    {
        var least = ServerlessTemplate.Properties("JobQueueMapping")
            .GetProperty("ScalingConfig").GetProperty("MaximumConcurrency").GetInt32();
        var refused = ServerlessTemplate.Content.GetProperty("Rules")
            .GetProperty("JobQueueFindsFunctionFree").GetProperty("Assertions").EnumerateArray()
            .Select(assertion => assertion.GetProperty("Assert").GetProperty("Fn::Not")[0].GetProperty("Fn::Equals"))
            .Select(equals => (Parameter: equals[0].GetProperty("Ref").GetString()!, Value: equals[1].GetString()!));

        // 0 is the brake, which closes the mapping.
        Assert.That(refused, Is.EquivalentTo(Enumerable.Range(1, least - 1).Select(value => ("ReservedConcurrency", $"{value}"))));
    }
}

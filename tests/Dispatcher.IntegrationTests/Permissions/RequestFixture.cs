using Dispatcher.LocalServers.Moto;
using Dispatcher.Testing.Aws;

namespace Dispatcher.IntegrationTests.Permissions;

/// <summary>The tests of a job whose runs send the same requests each time.</summary>
internal abstract class RequestFixture : PermissionFixture
{
    /// <summary>Gets the requests of each run to AWS: <c>sqs:GetQueueUrl 1, sqs:SendMessageBatch 1</c>.</summary>
    protected abstract IEnumerable<string> Requests { get; }

    [Test]
    public async Task RunAsync_EachRun_SendsTheseRequests()
    {
        await using var world = await CreateWorldAsync(MotoServer.Credentials);
        var sent = new List<string>();
        foreach (var (harness, payload) in world.Runs)
        {
            var log = new AwsOperationLog();
            using (log.Record())
            {
                await harness.RunAsync(payload);
            }

            sent.Add(string.Join(", ", log.Operations.CountBy(static operation => $"{operation.Service}:{operation.Name}")
                .OrderBy(static count => count.Key, StringComparer.Ordinal).Select(static count => $"{count.Key} {count.Value}")));
        }

        Assert.That(sent, Is.EqualTo(Requests));
    }
}

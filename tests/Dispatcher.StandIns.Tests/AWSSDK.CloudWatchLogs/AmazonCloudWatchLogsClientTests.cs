using Amazon.CloudWatchLogs;
using Amazon.CloudWatchLogs.Model;
using Amazon.Runtime;
using Dispatcher.StandIns.Tests.Servers;

namespace Dispatcher.StandIns.Tests.CloudWatchLogs;

public sealed class AmazonCloudWatchLogsClientTests
{
    [Test]
    public async Task FilterLogEventsAsync_Page_ReadsEventsAndToken()
    {
        await using var server = LoopbackServer.Giving(new CannedResponse(200, """
            {"events":[{"logStreamName":"s","timestamp":1793491200500,"message":"hello\n","ingestionTime":1,"eventId":"e1"}],
             "nextToken":"more","searchedLogStreams":[]}
            """));
        using var client = Client(server);

        var page = await client.FilterLogEventsAsync(new FilterLogEventsRequest
        {
            LogGroupName = "g", FilterPattern = "\"run\"", StartTime = 1, EndTime = 2, NextToken = "t",
        });

        var request = await server.TakeAsync();
        Assert.That(request.Headers["X-Amz-Target"], Is.EqualTo("Logs_20140328.FilterLogEvents"));
        Assert.That(request.Headers["Content-Type"], Is.EqualTo("application/x-amz-json-1.1"));
        Assert.That(request.Headers["Authorization"], Does.Contain("/us-east-1/logs/aws4_request"));
        Assert.That(request.Json.GetProperty("filterPattern").GetString(), Is.EqualTo("\"run\""));
        Assert.That(
            (request.Json.GetProperty("startTime").GetInt64(), request.Json.GetProperty("endTime").GetInt64()), Is.EqualTo((1L, 2L)));
        Assert.That(request.Json.GetProperty("logGroupName").GetString(), Is.EqualTo("g"));
        Assert.That(request.Json.GetProperty("nextToken").GetString(), Is.EqualTo("t"));
        var found = page.Events.Single();
        Assert.That((found.EventId, found.LogStreamName, found.Message, found.Timestamp),
            Is.EqualTo(("e1", "s", "hello\n", (long?)1793491200500)));
        Assert.That(page.NextToken, Is.EqualTo("more"));
    }

    [Test]
    public async Task FilterLogEventsAsync_NoGroup_ThrowsWithCode()
    {
        await using var server = LoopbackServer.Giving(new CannedResponse(
            400, """{"__type":"ResourceNotFoundException","message":"The specified log group does not exist."}"""));
        using var client = Client(server);

        Assert.That(
            async () => await client.FilterLogEventsAsync(new FilterLogEventsRequest { LogGroupName = "g" }),
            Throws.InstanceOf<AmazonCloudWatchLogsException>().With.Property("ErrorCode").EqualTo("ResourceNotFoundException"));
    }

    private static AmazonCloudWatchLogsClient Client(LoopbackServer server) => new(
        new BasicAWSCredentials("key", "secret"),
        new AmazonCloudWatchLogsConfig { ServiceURL = server.Url, AuthenticationRegion = "us-east-1", MaxErrorRetry = 0 });
}

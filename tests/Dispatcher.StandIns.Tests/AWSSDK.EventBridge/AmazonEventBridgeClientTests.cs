using Amazon.EventBridge;
using Amazon.EventBridge.Model;
using Amazon.Runtime;
using Dispatcher.StandIns.Tests.Servers;

namespace Dispatcher.StandIns.Tests.EventBridge;

public sealed class AmazonEventBridgeClientTests
{
    [Test]
    public async Task Rule_DescribedAndPutBack_IsTheSame()
    {
        const string Rule = """
            {"Name":"r","Arn":"arn","EventPattern":"{}","ScheduleExpression":"rate(1 day)","State":"ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS","Description":"d","RoleArn":"role","EventBusName":"b"}
            """;
        await using var server = LoopbackServer.Giving(new CannedResponse(200, Rule), new CannedResponse(200, """{"RuleArn":"arn"}"""));
        using var client = new AmazonEventBridgeClient(
            new BasicAWSCredentials("key", "secret"),
            new AmazonEventBridgeConfig { ServiceURL = server.Url, AuthenticationRegion = "us-east-1" });

        var rule = await client.DescribeRuleAsync(new DescribeRuleRequest { Name = "r", EventBusName = "b" });
        var put = await client.PutRuleAsync(new PutRuleRequest
        {
            Name = rule.Name,
            EventBusName = rule.EventBusName,
            EventPattern = rule.EventPattern,
            ScheduleExpression = rule.ScheduleExpression,
            RoleArn = rule.RoleArn,
            State = rule.State,
            Description = rule.Description,
        });

        var described = await server.TakeAsync();
        var request = await server.TakeAsync();
        Assert.That(described.Headers["X-Amz-Target"], Is.EqualTo("AWSEvents.DescribeRule"));
        Assert.That(described.Text, Is.EqualTo("""{"EventBusName":"b","Name":"r"}"""));
        Assert.That(request.Headers["X-Amz-Target"], Is.EqualTo("AWSEvents.PutRule"));
        Assert.That(request.Headers["Authorization"], Does.Contain("/us-east-1/events/aws4_request"));
        Assert.That(request.Text, Is.EqualTo(
            """{"Description":"d","EventBusName":"b","EventPattern":"{}","Name":"r","RoleArn":"role","ScheduleExpression":"rate(1 day)","State":"ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"}"""));
        Assert.That(put.RuleArn, Is.EqualTo("arn"));
    }
}

using System.Text.Json.Nodes;
using Amazon.Runtime;
using Amazon.Scheduler;
using Amazon.Scheduler.Model;
using Dispatcher.StandIns.Tests.Servers;

namespace Dispatcher.StandIns.Tests.Scheduler;

public sealed class AmazonSchedulerClientTests
{
    [Test]
    public async Task Schedule_ReadAndWrittenBack_IsTheSame()
    {
        const string Content = """
            {"ActionAfterCompletion":"NONE","Arn":"arn","Description":"d","EndDate":1793491300.5,"GroupName":"g","KmsKeyArn":"key",
             "FlexibleTimeWindow":{"MaximumWindowInMinutes":5,"Mode":"FLEXIBLE"},"Name":"a b","ScheduleExpression":"rate(1 day)",
             "ScheduleExpressionTimezone":"UTC","StartDate":1793491200,"State":"DISABLED",
             "Target":{"Arn":"f","RoleArn":"r","EcsParameters":{"TaskDefinitionArn":"t","Tags":[{"a":"b"}]}}}
            """;
        await using var server = LoopbackServer.Giving(
            new CannedResponse(200, Content), new CannedResponse(200, """{"ScheduleArn":"arn"}"""));
        using var client = new AmazonSchedulerClient(
            new BasicAWSCredentials("key", "secret"),
            new AmazonSchedulerConfig { ServiceURL = server.Url, AuthenticationRegion = "us-east-1" });

        var read = await client.GetScheduleAsync(new GetScheduleRequest { Name = "a b", GroupName = "g" });
        var written = await client.UpdateScheduleAsync(new UpdateScheduleRequest
        {
            ActionAfterCompletion = read.ActionAfterCompletion,
            Description = read.Description,
            EndDate = read.EndDate,
            FlexibleTimeWindow = read.FlexibleTimeWindow,
            GroupName = read.GroupName,
            KmsKeyArn = read.KmsKeyArn,
            Name = read.Name,
            ScheduleExpression = read.ScheduleExpression,
            ScheduleExpressionTimezone = read.ScheduleExpressionTimezone,
            StartDate = read.StartDate,
            State = read.State,
            Target = read.Target,
        });

        var get = await server.TakeAsync();
        var put = await server.TakeAsync();
        Assert.That((get.Method, get.Path), Is.EqualTo(("GET", "/schedules/a%20b?groupName=g")));
        Assert.That((put.Method, put.Path), Is.EqualTo(("PUT", "/schedules/a%20b")));
        Assert.That(put.Headers["Authorization"], Does.Contain("/us-east-1/scheduler/aws4_request"));
        var body = JsonNode.Parse(put.Text)!.AsObject();
        Assert.That((string?)body["ClientToken"], Is.Not.Empty);
        body.Remove("ClientToken");
        var expected = JsonNode.Parse(Content)!.AsObject();
        expected.Remove("Arn");
        expected.Remove("Name");
        Assert.That(JsonNode.DeepEquals(body, expected), Is.True, body.ToJsonString());
        Assert.That(written.ScheduleArn, Is.EqualTo("arn"));
    }

    [Test]
    public async Task GetScheduleAsync_NoSchedule_ThrowsWithCode()
    {
        await using var server = LoopbackServer.Giving(new CannedResponse(
            404, """{"Message":"Schedule x does not exist."}""", ("x-amzn-ErrorType", "ResourceNotFoundException")));
        using var client = new AmazonSchedulerClient(
            new BasicAWSCredentials("key", "secret"),
            new AmazonSchedulerConfig { ServiceURL = server.Url, AuthenticationRegion = "us-east-1" });

        Assert.That(
            async () => await client.GetScheduleAsync(new GetScheduleRequest { Name = "x" }),
            Throws.InstanceOf<AmazonSchedulerException>().With.Property("ErrorCode").EqualTo("ResourceNotFoundException"));
    }
}

using System.Text.Json.Nodes;
using Amazon.CloudFormation;
using Amazon.CloudFormation.Model;
using Dispatcher.Cli;
using Dispatcher.Deployment.Generation;
using Dispatcher.LocalServers.Moto;
using Microsoft.Extensions.DependencyInjection;
using Moq;

namespace Dispatcher.Tool.Tests.Commands.Remote;

/// <summary>Pauses schedules of EventBridge Scheduler. moto's CloudFormation does not know them: the stack is a mock.</summary>
public sealed class SchedulePauseTests
{
    private const string Schedule = "maintenance-DailyUptimeTimer-ABC";
    private const string Path = $"/schedules/{Schedule}";

    private MotoServer _server = null!;
    private MotoApi _api = null!;

    [SetUp]
    public async Task CreateAsync()
    {
        _server = await LocalAws.ResetAsync();
        _api = new MotoApi(_server);
        await _api.CallAsync(HttpMethod.Post, "/schedule-groups/maintenance", "scheduler", []);
        await _api.CallAsync(HttpMethod.Post, Path, "scheduler", JsonNode.Parse("""
            {"GroupName":"maintenance","Description":"Fills in the days.","ScheduleExpression":"cron(0 3 * * ? *)",
             "ScheduleExpressionTimezone":"Europe/Berlin","State":"ENABLED","StartDate":1900000000,
             "FlexibleTimeWindow":{"Mode":"FLEXIBLE","MaximumWindowInMinutes":15},
             "Target":{"Arn":"arn:aws:lambda:us-east-1:123456789012:function:f","RoleArn":"arn:aws:iam::123456789012:role/r",
                       "Input":"{\"job\":\"daily-uptime\"}","RetryPolicy":{"MaximumRetryAttempts":3,"MaximumEventAgeInSeconds":3600},
                       "DeadLetterConfig":{"Arn":"arn:aws:sqs:us-east-1:123456789012:q"}}}
            """)!.AsObject());
    }

    [Test]
    public async Task Pause_Schedule_ChangesStateAndDescriptionOnly()
    {
        var before = await ReadAsync();

        var result = await RunAsync("pause", "daily-uptime", "--stack", "maintenance", "--reason", "why");

        var after = await ReadAsync();
        Assert.That(result.ExitCode, Is.Zero, result.Error);
        Assert.That((string?)after["State"], Is.EqualTo("DISABLED"));
        Assert.That((string?)after["Description"], Does.Match(@"^\[paused \S+ by \S+: why\] Fills in the days\.$"));
        Assert.That(Rest(after), Is.EqualTo(Rest(before)));
        Assert.That(result.Output, Does.Contain("DailyUptimeTimer  paused"));
    }

    [Test]
    public async Task Resume_PausedSchedule_RestoresIt()
    {
        var before = await ReadAsync();
        await RunAsync("pause", "daily-uptime", "--stack", "maintenance", "--reason", "why");

        var result = await RunAsync("resume", "daily-uptime", "--stack", "maintenance");

        var after = await ReadAsync();
        Assert.That(result.ExitCode, Is.Zero, result.Error);
        Assert.That((string?)after["State"], Is.EqualTo("ENABLED"));
        Assert.That((string?)after["Description"], Is.EqualTo((string?)before["Description"]));
        Assert.That(Rest(after), Is.EqualTo(Rest(before)));
    }

    private async Task<JsonObject> ReadAsync()
    {
        var schedule = await _api.CallAsync(HttpMethod.Get, $"{Path}?groupName=maintenance", "scheduler");
        return JsonObject.Create(schedule)!;
    }

    private static string Rest(JsonObject schedule)
    {
        var rest = schedule.DeepClone().AsObject();
        foreach (var name in (string[])["State", "Description", "LastModificationDate"])
        {
            rest.Remove(name);
        }

        return rest.ToJsonString();
    }

    private Task<ProcessResult> RunAsync(params string[] args) => Dispatch.RunAsync(
        args,
        environment: new LocalEnvironment(_server).Variables,
        run: static (terminal, words) => terminal.RunAsync(
            MaintenanceTool.AddJobs,
            static options =>
            {
                MaintenanceTool.Configure(options);
                options.ConfigureServices = static services => services.AddSingleton(Stack());
            },
            words));

    private static IAmazonCloudFormation Stack()
    {
        var options = new ApplicationOptions { CodeUri = "src/", Handler = "Dispatcher.Function", UseScheduler = true };
        var template = MotoStack.Generate(options);
        var client = new Mock<IAmazonCloudFormation>();
        client.Setup(stack => stack.ListStackResourcesAsync(
            It.IsAny<ListStackResourcesRequest>(), It.IsAny<CancellationToken>())).ReturnsAsync(new ListStackResourcesResponse
            {
                StackResourceSummaries =
                [
                    Resource("DispatcherFunction", "maintenance-DispatcherFunction-ABC", "AWS::Lambda::Function"),
                    Resource("ScheduleGroup", "maintenance", "AWS::Scheduler::ScheduleGroup"),
                    Resource("DailyUptimeTimer", Schedule, "AWS::Scheduler::Schedule"),
                ],
            });
        client.Setup(stack => stack.GetTemplateAsync(It.IsAny<GetTemplateRequest>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(new GetTemplateResponse { TemplateBody = template.ToJsonString() });
        client.Setup(stack => stack.DescribeStacksAsync(It.IsAny<DescribeStacksRequest>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(new DescribeStacksResponse
            {
                Stacks = [new Stack { Parameters = [new Parameter { ParameterKey = "DailyUptimeEnabled", ParameterValue = "true" }] }],
            });
        return client.Object;
    }

    private static StackResourceSummary Resource(string logicalId, string physicalId, string type) =>
        new() { LogicalResourceId = logicalId, PhysicalResourceId = physicalId, ResourceType = type };
}

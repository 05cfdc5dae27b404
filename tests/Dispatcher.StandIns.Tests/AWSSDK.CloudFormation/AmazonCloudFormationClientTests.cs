using Amazon.CloudFormation;
using Amazon.CloudFormation.Model;
using Amazon.Runtime;
using Dispatcher.StandIns.Tests.Servers;

namespace Dispatcher.StandIns.Tests.CloudFormation;

public sealed class AmazonCloudFormationClientTests
{
    private const string Namespace = "http://cloudformation.amazonaws.com/doc/2010-05-15/";

    [Test]
    public async Task ListStackResourcesAsync_Page_ReadsResourcesAndToken()
    {
        await using var server = LoopbackServer.Giving(new CannedResponse(200, $"""
            <ListStackResourcesResponse xmlns="{Namespace}"><ListStackResourcesResult>
              <StackResourceSummaries>
                <member><LogicalResourceId>Queue</LogicalResourceId><PhysicalResourceId>https://q</PhysicalResourceId>
                  <ResourceType>AWS::SQS::Queue</ResourceType></member>
                <member><LogicalResourceId>Failed</LogicalResourceId><ResourceType>AWS::SQS::Queue</ResourceType></member>
              </StackResourceSummaries><NextToken>more</NextToken>
            </ListStackResourcesResult><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></ListStackResourcesResponse>
            """));
        using var client = Client(server);

        var page = await client.ListStackResourcesAsync(new ListStackResourcesRequest { StackName = "a b", NextToken = "t/1" });

        var request = await server.TakeAsync();
        Assert.That(request.Method, Is.EqualTo("POST"));
        Assert.That(request.Text.Split('&').Order(), Is.EqualTo(new[]
        {
            "Action=ListStackResources", "NextToken=t%2F1", "StackName=a%20b", "Version=2010-05-15",
        }));
        Assert.That(request.Headers["Authorization"], Does.Contain("/us-east-1/cloudformation/aws4_request"));
        Assert.That(
            page.StackResourceSummaries.Select(static found => (found.LogicalResourceId, found.PhysicalResourceId, found.ResourceType)),
            Is.EqualTo(new[] { ("Queue", "https://q", "AWS::SQS::Queue"), ("Failed", null, "AWS::SQS::Queue") }));
        Assert.That(page.NextToken, Is.EqualTo("more"));
    }

    [Test]
    public async Task DescribeStacksAsync_Stack_ReadsItsParameters()
    {
        await using var server = LoopbackServer.Giving(new CannedResponse(200, $"""
            <DescribeStacksResponse xmlns="{Namespace}"><DescribeStacksResult><Stacks><member><StackName>s</StackName><Parameters>
              <member><ParameterKey>DryRun</ParameterKey><ParameterValue>false</ParameterValue></member>
              <member><ParameterKey>Url</ParameterKey><ParameterValue/></member></Parameters></member></Stacks></DescribeStacksResult>
            </DescribeStacksResponse>
            """));
        using var client = Client(server);

        var stack = (await client.DescribeStacksAsync(new DescribeStacksRequest { StackName = "s" })).Stacks.Single();

        Assert.That(
            stack.Parameters.Select(static parameter => (parameter.ParameterKey, parameter.ParameterValue)),
            Is.EqualTo(new[] { ("DryRun", "false"), ("Url", string.Empty) }));
    }

    [Test]
    public async Task GetTemplateAsync_Template_IsReadAsText()
    {
        await using var server = LoopbackServer.Giving(new CannedResponse(200, """
            <GetTemplateResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><GetTemplateResult><TemplateBody>{"Resources":{"A":"&lt;&amp;"}}</TemplateBody>
            </GetTemplateResult></GetTemplateResponse>
            """));
        using var client = Client(server);

        var template = await client.GetTemplateAsync(
            new GetTemplateRequest { StackName = "s", TemplateStage = TemplateStage.Processed });

        Assert.That((await server.TakeAsync()).Text, Does.Contain("TemplateStage=Processed"));
        Assert.That(template.TemplateBody, Is.EqualTo("""{"Resources":{"A":"<&"}}"""));
    }

    [Test]
    public async Task ListStackResourcesAsync_NoStack_ThrowsWithCodeAndMessage()
    {
        await using var server = LoopbackServer.Giving(new CannedResponse(400, $"""
            <ErrorResponse xmlns="{Namespace}"><Error><Type>Sender</Type><Code>ValidationError</Code>
            <Message>Stack with id s does not exist</Message></Error><RequestId>the-request</RequestId></ErrorResponse>
            """));
        using var client = Client(server);

        Assert.That(
            async () => await client.ListStackResourcesAsync(new ListStackResourcesRequest { StackName = "s" }),
            Throws.TypeOf<AmazonCloudFormationException>().With.Property("ErrorCode").EqualTo("ValidationError")
                .And.Property("ErrorType").EqualTo(ErrorType.Sender)
                .And.Property("RequestId").EqualTo("the-request")
                .And.Message.EqualTo("Stack with id s does not exist"));
    }

    private static AmazonCloudFormationClient Client(LoopbackServer server) => new(
        new BasicAWSCredentials("key", "secret"),
        new AmazonCloudFormationConfig { ServiceURL = server.Url, AuthenticationRegion = "us-east-1", MaxErrorRetry = 0 });
}

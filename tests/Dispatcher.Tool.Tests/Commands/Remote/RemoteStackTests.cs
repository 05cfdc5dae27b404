using Amazon.CloudFormation;
using Amazon.CloudFormation.Model;
using Dispatcher.Tool.Remote;
using Moq;

namespace Dispatcher.Tool.Tests.Commands.Remote;

public sealed class RemoteStackTests
{
    private const string Alias = "arn:aws:lambda:eu-central-1:123456789012:function:maintenance-DispatcherFunction-ABC:live";

    [TestCase(true, Alias)]
    [TestCase(false, "maintenance-DispatcherFunction-ABC")]
    public async Task GetInvocationTarget_Stack_IsTheAliasIfThereIsOne(bool hasAlias, string expected)
    {
        StackResourceSummary[] alias = hasAlias ? [Resource("DispatcherFunctionAliaslive", Alias, "AWS::Lambda::Alias")] : [];
        var client = new Mock<IAmazonCloudFormation>();
        client.Setup(stack => stack.ListStackResourcesAsync(
            It.IsAny<ListStackResourcesRequest>(), It.IsAny<CancellationToken>())).ReturnsAsync(new ListStackResourcesResponse
            {
                StackResourceSummaries =
                    [Resource("DispatcherFunction", "maintenance-DispatcherFunction-ABC", "AWS::Lambda::Function"), .. alias],
            });

        var stack = await RemoteStack.ReadAsync(client.Object, "maintenance", CancellationToken.None);

        Assert.That(stack.GetInvocationTarget(), Is.EqualTo(expected));
    }

    private static StackResourceSummary Resource(string logicalId, string physicalId, string type) =>
        new() { LogicalResourceId = logicalId, PhysicalResourceId = physicalId, ResourceType = type };
}

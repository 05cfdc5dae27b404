using System.Text;
using Amazon.Lambda;
using Amazon.Lambda.Model;
using Amazon.Runtime;
using Dispatcher.StandIns.Tests.Servers;

namespace Dispatcher.StandIns.Tests.Lambda;

public sealed class AmazonLambdaClientTests
{
    [Test]
    public async Task InvokeAsync_Function_ReadsPayloadAndHeaders()
    {
        await using var server = LoopbackServer.Giving(new CannedResponse(
            200, """{"errorMessage":"no"}""", ("X-Amz-Function-Error", "Unhandled"), ("X-Amz-Log-Result", "bG9n")));
        using var client = Client(server);
        using var payload = new MemoryStream("""{"job":"a"}"""u8.ToArray());

        var response = await client.InvokeAsync(new InvokeRequest
        {
            FunctionName = "arn:aws:lambda:us-east-1:123456789012:function:f",
            InvocationType = InvocationType.RequestResponse,
            LogType = LogType.Tail,
            PayloadStream = payload,
        });

        var request = await server.TakeAsync();
        Assert.That(request.Method, Is.EqualTo("POST"));
        Assert.That(Uri.UnescapeDataString(request.Path), Is.EqualTo(
            "/2015-03-31/functions/arn:aws:lambda:us-east-1:123456789012:function:f/invocations"));
        Assert.That(request.Headers["X-Amz-Invocation-Type"], Is.EqualTo("RequestResponse"));
        Assert.That(request.Headers["X-Amz-Log-Type"], Is.EqualTo("Tail"));
        Assert.That(request.Headers["Authorization"], Does.Contain("/us-east-1/lambda/aws4_request"));
        Assert.That(request.Text, Is.EqualTo("""{"job":"a"}"""));
        Assert.That(Encoding.UTF8.GetString(response.Payload.ToArray()), Is.EqualTo("""{"errorMessage":"no"}"""));
        Assert.That((response.FunctionError, response.LogResult), Is.EqualTo(("Unhandled", "bG9n")));
    }

    [Test]
    public async Task InvokeAsync_Event_HasNoAnswer()
    {
        await using var server = LoopbackServer.Giving(new CannedResponse(202, string.Empty));
        using var client = Client(server);

        var response = await client.InvokeAsync(new InvokeRequest { FunctionName = "f", InvocationType = InvocationType.Event });

        Assert.That((response.FunctionError, response.LogResult, response.Payload.Length), Is.EqualTo(((string?)null, (string?)null, 0L)));
    }

    [Test]
    public async Task InvokeAsync_NoFunction_ThrowsWithCode()
    {
        await using var server = LoopbackServer.Giving(new CannedResponse(
            404, """{"Type":"User","Message":"Function not found"}""", ("x-amzn-ErrorType", "ResourceNotFoundException")));
        using var client = Client(server);

        Assert.That(
            async () => await client.InvokeAsync(new InvokeRequest { FunctionName = "f" }),
            Throws.InstanceOf<AmazonLambdaException>().With.Property("ErrorCode").EqualTo("ResourceNotFoundException"));
    }

    private static AmazonLambdaClient Client(LoopbackServer server) => new(
        new BasicAWSCredentials("key", "secret"),
        new AmazonLambdaConfig { ServiceURL = server.Url, AuthenticationRegion = "us-east-1", MaxErrorRetry = 0 });
}

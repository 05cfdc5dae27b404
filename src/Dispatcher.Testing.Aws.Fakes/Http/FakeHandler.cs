using Dispatcher.Testing.Aws.Fakes.Calls;

namespace Dispatcher.Testing.Aws.Fakes.Http;

/// <summary>Answers the requests of one caller in the same process.</summary>
internal sealed class FakeHandler(FakeWorld world, IFakeService service, FakeCaller caller) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var read = await FakeRequest.ReadAsync(request, cancellationToken);
        var response = await FakeExchange.AnswerAsync(world, service, caller, read, cancellationToken);
        response.RequestMessage = request;
        return response;
    }
}

using Dispatcher.Testing.Aws.Fakes.Calls;

namespace Dispatcher.Testing.Aws.Fakes.Http;

/// <summary>Answers the requests of one caller from memory, with the faults that the test asks for.</summary>
internal sealed class FakeHandler(FakeAws world, IFakeService service, FakeCaller caller) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var read = await FakeRequest.ReadAsync(request, cancellationToken);
        var (operation, target) = service.Describe(read);
        await EndIfKilledAsync();
        var call = new FakeCall(world.NextCall(), caller, operation, target);
        var fault = world.BeforeCall is { } before ? await before(call) : FakeFault.None;
        await EndIfKilledAsync();
        cancellationToken.ThrowIfCancellationRequested();
        switch (fault)
        {
            case FakeFault.ServerError or FakeFault.Throttled or FakeFault.Denied:
                return Finish(request, service.Refuse(read, service.RefusalFor(fault)));
            case FakeFault.Cut:
                throw Cut();
            case FakeFault.Killed:
                caller.Kill();
                await EndIfKilledAsync();
                break;
        }

        var response = world.Locked(() => Execute(read, call));
        if (world.AfterCall is { } after)
        {
            await after(call);
        }

        if (fault == FakeFault.ExecutedThenKilled)
        {
            caller.Kill();
        }

        await EndIfKilledAsync();
        return fault switch
        {
            FakeFault.ExecutedThenCut => throw Cut(),
            FakeFault.ExecutedThenServerError => Finish(request, service.Refuse(read, service.RefusalFor(FakeFault.ServerError))),
            _ => Finish(request, response),
        };
    }

    private static HttpResponseMessage Finish(HttpRequestMessage request, HttpResponseMessage response)
    {
        response.RequestMessage = request;
        return response;
    }

    private static HttpRequestException Cut() => new(
        HttpRequestError.ResponseEnded, "The response ended prematurely.", new IOException("The connection was cut."));

    private HttpResponseMessage Execute(FakeRequest request, FakeCall call)
    {
        try
        {
            return service.Execute(request, call);
        }
        catch (FakeServiceException exception)
        {
            return service.Refuse(request, exception);
        }
    }

    /// <summary>A killed process neither gets an answer nor unwinds: what it waits for never comes.</summary>
    private Task EndIfKilledAsync() => caller.IsKilled ? new TaskCompletionSource().Task : Task.CompletedTask;
}

using Dispatcher.Testing.Aws.Fakes.Calls;

namespace Dispatcher.Testing.Aws.Fakes.Http;

/// <summary>One request to a service and its answer, with the faults that a test asks for.</summary>
internal static class FakeExchange
{
    /// <summary>Executes a request.</summary>
    /// <exception cref="HttpRequestException">The connection is cut.</exception>
    public static async Task<HttpResponseMessage> AnswerAsync(
        FakeWorld world, IFakeService service, FakeCaller caller, FakeRequest request, CancellationToken cancellationToken)
    {
        var (operation, target) = service.Describe(request);
        await EndIfKilledAsync(caller);
        var call = new FakeCall(world.NextCall(), caller, operation, target);
        call = call with { Rules = world.Faults.RulesFor(call) };
        var fault = await BeforeAsync(world, call);
        await EndIfKilledAsync(caller);
        cancellationToken.ThrowIfCancellationRequested();
        switch (fault)
        {
            case FakeFault.ServerError or FakeFault.Throttled or FakeFault.Denied:
                return service.Refuse(request, service.RefusalFor(fault));
            case FakeFault.Cut:
                throw Cut();
            case FakeFault.Killed:
                caller.Kill();
                await EndIfKilledAsync(caller);
                break;
        }

        await service.WaitAsync(request, cancellationToken);
        var response = world.Locked(() => Execute(service, request, call));
        await AfterAsync(world, call);
        if (fault == FakeFault.ExecutedThenKilled)
        {
            caller.Kill();
        }

        await EndIfKilledAsync(caller);
        return fault switch
        {
            FakeFault.ExecutedThenCut => throw Cut(),
            FakeFault.ExecutedThenServerError => service.Refuse(request, service.RefusalFor(FakeFault.ServerError)),
            _ => response,
        };
    }

    private static async ValueTask<FakeFault> BeforeAsync(FakeWorld world, FakeCall call)
    {
        var fault = world.BeforeCall is { } before ? await before(call) : FakeFault.None;
        foreach (var rule in call.Rules)
        {
            await rule.BeforeAsync(call);
            fault = fault == FakeFault.None ? rule.Fault : fault;
        }

        return fault;
    }

    private static async ValueTask AfterAsync(FakeWorld world, FakeCall call)
    {
        if (world.AfterCall is { } after)
        {
            await after(call);
        }

        foreach (var rule in call.Rules)
        {
            await rule.AfterAsync(call);
        }
    }

    private static HttpRequestException Cut() => new(
        HttpRequestError.ResponseEnded, "The response ended prematurely.", new IOException("The connection was cut."));

    private static HttpResponseMessage Execute(IFakeService service, FakeRequest request, FakeCall call)
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
    private static Task EndIfKilledAsync(FakeCaller caller) => caller.IsKilled ? new TaskCompletionSource().Task : Task.CompletedTask;
}

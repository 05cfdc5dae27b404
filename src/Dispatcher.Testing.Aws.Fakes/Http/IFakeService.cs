using Dispatcher.Testing.Aws.Fakes.Calls;

namespace Dispatcher.Testing.Aws.Fakes.Http;

/// <summary>A service behind <see cref="FakeHandler"/>.</summary>
internal interface IFakeService
{
    /// <summary>Reads what a request asks for, and of what.</summary>
    (string Operation, string Target) Describe(FakeRequest request);

    /// <summary>Waits as long as the request asks for, before it is executed.</summary>
    Task WaitAsync(FakeRequest request, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Executes a request.</summary>
    /// <exception cref="FakeServiceException">The request is refused.</exception>
    HttpResponseMessage Execute(FakeRequest request, FakeCall call);

    /// <summary>Formats a refusal as the service does.</summary>
    HttpResponseMessage Refuse(FakeRequest request, FakeServiceException exception);

    /// <summary>Makes the refusal that stands for a fault.</summary>
    FakeServiceException RefusalFor(FakeFault fault);
}

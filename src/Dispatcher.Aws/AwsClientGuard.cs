using Amazon.Runtime;

namespace Dispatcher.Aws;

/// <summary>Functions that attach the dry-run guard and the notes on exceptions to an AWS client.</summary>
public static class AwsClientGuard
{
    /// <summary>
    /// How often the SDK repeats a request at once, in addition to its attempts, because its pooled connection was dead. The SDK's default
    /// of 10 multiplies with .NET's own repetitions: a server that hangs up would get 52 requests for one call.
    /// </summary>
    private const int MaxDeadConnections = 3;

    /// <summary>
    /// Makes a client refuse, in a dry run, every operation that is not a read, and note on each exception which call threw it. Such a
    /// failure counts as exhausted, because the SDK has already retried. Attempts whose answer was lost are noted as well
    /// (<see cref="AwsAttempts"/>), and each request can be observed (<see cref="AwsRequests"/>). A request whose connection breaks is
    /// repeated at once three times at most, in addition to the SDK's attempts. May be called again for the same client.
    /// </summary>
    /// <typeparam name="TClient">The client's type.</typeparam>
    /// <param name="client">The client. One that is not an <see cref="AmazonServiceClient"/>, such as a mock, is not changed.</param>
    /// <returns>The client.</returns>
    public static TClient Protect<TClient>(TClient client)
        where TClient : class
    {
        if (client is AmazonServiceClient service)
        {
            // Removing a handler that was never added does nothing, so that each is attached once.
            service.BeforeRequestEvent -= SeeRequest;
            service.BeforeRequestEvent += SeeRequest;
            service.ExceptionEvent -= NoteCall;
            service.ExceptionEvent += NoteCall;
            AttemptHandler.Attach(service);
            if (service.Config is ClientConfig { MaxStaleConnectionRetries: > MaxDeadConnections } config)
            {
                config.MaxStaleConnectionRetries = MaxDeadConnections;
            }
        }

        return client;
    }

    private static void SeeRequest(object sender, RequestEventArgs arguments)
    {
        if (arguments is not WebServiceRequestEventArgs { Request: { } request })
        {
            return;
        }

        if (DryRunGuard.Current is { } guard && AwsOperation.NameOf(request) is var operation && !AwsOperation.IsRead(operation))
        {
            throw guard.Refuse($"{AwsOperation.ServiceOf(sender)} {operation}");
        }

        AwsRequests.Report(sender, request);
    }

    private static void NoteCall(object sender, ExceptionEventArgs arguments)
    {
        if (arguments is WebServiceExceptionEventArgs { Exception: { } exception } call)
        {
            AwsCall.Note(
                exception,
                new AwsCall(AwsOperation.ServiceOf(sender), call.Request is null ? null : AwsOperation.NameOf(call.Request), call.Endpoint)
                {
                    MayHaveBeenMade = call.Request is { } request && AwsAttempts.MayHaveBeenMade(request),
                });
        }
    }
}

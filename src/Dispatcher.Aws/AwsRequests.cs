using Amazon.Runtime;

namespace Dispatcher.Aws;

/// <summary>
/// Functions that observe the requests of protected clients (<see cref="AwsClientGuard.Protect{TClient}"/>): once per call, before the
/// SDK's own retries. A request that a dry run refuses is not among them.
/// </summary>
public static class AwsRequests
{
    private static readonly AsyncLocal<Observation?> Current = new();

    /// <summary>Observes the requests that the calling asynchronous flow, and everything that it starts, makes from now on.</summary>
    /// <param name="observer">Called with each request, from several threads if the code that runs uses them.</param>
    /// <returns>An object that ends the observation.</returns>
    public static IDisposable Observe(Action<AwsRequest> observer)
    {
        ArgumentNullException.ThrowIfNull(observer);

        return Current.Value = new Observation(observer, Current.Value);
    }

    internal static void Report(object client, AmazonWebServiceRequest request)
    {
        if (Current.Value is { } observation)
        {
            observation.Report(new AwsRequest(ServiceOf(client), AwsOperation.NameOf(request), request));
        }
    }

    /// <summary>
    /// The name that a client signs with is the prefix of the service's actions, with few exceptions (the Service Authorization Reference).
    /// </summary>
    private static string ServiceOf(object client)
    {
        var config = (client as AmazonServiceClient)?.Config;
        var signed = config?.AuthenticationServiceName is { Length: > 0 } name ? name : config?.RegionEndpointServiceName;
        return signed switch
        {
            null or "" => AwsOperation.ServiceOf(client).ToLowerInvariant(),
            "monitoring" => "cloudwatch",
            "email" => "ses",
            _ => signed,
        };
    }

    private sealed class Observation(Action<AwsRequest> observer, Observation? outer) : IDisposable
    {
        private volatile bool _hasEnded;

        public void Report(AwsRequest request)
        {
            for (var observation = this; observation is not null; observation = observation.Outer)
            {
                observation.Notify(request);
            }
        }

        public void Dispose()
        {
            _hasEnded = true;
            if (Current.Value == this)
            {
                Current.Value = outer;
            }
        }

        private Observation? Outer => outer;

        private void Notify(AwsRequest request)
        {
            if (!_hasEnded)
            {
                observer(request);
            }
        }
    }
}

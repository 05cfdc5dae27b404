using System.Runtime.CompilerServices;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Dispatcher.Function.Tests.Retries;

/// <summary>Functions that take the pauses out of a client's retries; their number and their rules stay the SDK's.</summary>
internal static class Impatient
{
    public static TClient Client<TClient>(TClient client)
        where TClient : AmazonServiceClient
    {
        var policy = PipelineOf(client).Handlers.OfType<RetryHandler>().Single().RetryPolicy;
        switch (policy)
        {
            case StandardRetryPolicy standard:
                standard.MaxBackoffInMilliseconds = 1;
                break;
            case DefaultRetryPolicy legacy:
                legacy.MaxBackoffInMilliseconds = 1;
                break;
            default:
                throw new InvalidOperationException($"The client retries by {policy.GetType().Name}, which this test does not know.");
        }

        return client;
    }

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_RuntimePipeline")]
    private static extern RuntimePipeline PipelineOf(AmazonServiceClient client);
}

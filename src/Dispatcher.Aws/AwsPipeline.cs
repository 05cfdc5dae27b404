using System.Runtime.CompilerServices;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Dispatcher.Aws;

/// <summary>The handlers of a client.</summary>
internal static class AwsPipeline
{
    // Protected, because it is meant for deriving clients. A registry of customizers exists as well, but it reaches only clients that are
    // created later, and all of the process.
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_RuntimePipeline")]
    public static extern RuntimePipeline Of(AmazonServiceClient client);
}

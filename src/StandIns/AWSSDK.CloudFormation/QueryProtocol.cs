using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.StandIns;

namespace Amazon.CloudFormation;

/// <summary>How a service speaks AWS Query: parameters in the body, XML in the answer.</summary>
/// <param name="serviceName">The service's name in the SDK.</param>
/// <param name="version">The version of the service's API, a date.</param>
internal sealed class QueryProtocol(string serviceName, string version)
{
    /// <summary>Replaces the handlers that each service brings itself.</summary>
    public static void Customize(RuntimePipeline pipeline) => JsonProtocol.Customize(pipeline);

    /// <summary>Describes one operation to the SDK's pipeline.</summary>
    public InvokeOptions Operation<TResponse>(string name)
        where TResponse : AmazonWebServiceResponse, IQueryResponse, new() => new()
        {
            RequestMarshaller = new QueryRequestMarshaller(serviceName, version, name),
            ResponseUnmarshaller = new QueryResponseReader<TResponse>(name),
        };
}

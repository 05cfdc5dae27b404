#nullable enable
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;
using Amazon.Util;

namespace Amazon.StandIns;

/// <summary>Writes a request of a service that speaks REST with JSON.</summary>
internal sealed class RestRequestMarshaller(JsonProtocol protocol) : IMarshaller<IRequest, AmazonWebServiceRequest>
{
    public IRequest Marshall(AmazonWebServiceRequest input)
    {
        var request = new DefaultRequest(input, protocol.ServiceName) { UseQueryString = true };
        request.Headers["Content-Type"] = "application/json";
        request.Headers[HeaderKeys.XAmzApiVersion] = protocol.ApiVersion;
        ((IRestRequest)input).Fill(request);
        return request;
    }
}

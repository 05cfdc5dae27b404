using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;

namespace Amazon.CloudFormation;

/// <summary>Writes a request as AWS Query.</summary>
internal sealed class QueryRequestMarshaller(string serviceName, string version, string operation)
    : IMarshaller<IRequest, AmazonWebServiceRequest>
{
    public IRequest Marshall(AmazonWebServiceRequest input)
    {
        var request = new DefaultRequest(input, serviceName);
        request.Parameters.Add("Action", operation);
        request.Parameters.Add("Version", version);
        ((IQueryRequest)input).AddTo(request.ParameterCollection);
        return request;
    }
}

using System.Net;
using System.Xml.Linq;
using Amazon.Runtime;
using Amazon.Runtime.Internal.Transform;

namespace Amazon.CloudFormation;

/// <summary>Reads a response, or an error, from XML.</summary>
internal sealed class QueryResponseReader<TResponse>(string operation) : XmlResponseUnmarshaller
    where TResponse : AmazonWebServiceResponse, IQueryResponse, new()
{
    public override AmazonWebServiceResponse Unmarshall(XmlUnmarshallerContext input)
    {
        var response = new TResponse();
        var root = XDocument.Load(input.Stream).Root!;
        response.Read(root.Elements().Single(element => element.Name.LocalName == $"{operation}Result"));
        return response;
    }

    public override AmazonServiceException UnmarshallException(
        XmlUnmarshallerContext input, Exception innerException, HttpStatusCode statusCode)
    {
        var root = XDocument.Load(input.Stream).Root!;
        var error = root.Elements().FirstOrDefault(element => element.Name.LocalName == "Error") ?? root;
        var type = error.Text("Type") == "Receiver" ? ErrorType.Receiver : ErrorType.Sender;
        return new AmazonCloudFormationException(
            error.Text("Message"), innerException, type, error.Text("Code"), root.Text("RequestId"), statusCode);
    }
}

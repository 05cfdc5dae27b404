#nullable enable
using System.Net;
using System.Text.Json;
using Amazon.Runtime;
using Amazon.Runtime.Internal.Transform;
using Amazon.Runtime.Internal.Util;

namespace Amazon.StandIns;

/// <summary>Reads a response, or an error, from AWS JSON.</summary>
internal sealed class JsonResponseReader<TResponse>(JsonProtocol protocol) : JsonResponseUnmarshaller
    where TResponse : AmazonWebServiceResponse, IJsonResponse, new()
{
    private const string QueryErrorHeader = "x-amzn-query-error";

    public override AmazonWebServiceResponse Unmarshall(JsonUnmarshallerContext input)
    {
        var response = new TResponse();
        using var body = new MemoryStream();
        input.Stream.CopyTo(body);
        if (response is IRawResponse raw)
        {
            raw.Read(input.ResponseData, body.ToArray());
        }
        else if (body.Length > 0)
        {
            using var document = JsonDocument.Parse(body.GetBuffer().AsMemory(0, (int)body.Length));
            response.Read(document.RootElement);
        }

        return response;
    }

    public override AmazonServiceException UnmarshallException(
        JsonUnmarshallerContext input, Exception innerException, HttpStatusCode statusCode)
    {
        var reader = new StreamingUtf8JsonReader(input.Stream);
        var error = JsonErrorResponseUnmarshaller.GetInstance().Unmarshall(input, ref reader);
        error.InnerException = innerException;
        error.StatusCode = statusCode;
        var code = error.Code;

        // "<code>;<Sender or Receiver>", as the Query protocol would have named it.
        if (input.ResponseData.IsHeaderPresent(QueryErrorHeader)
            && input.ResponseData.GetHeaderValue(QueryErrorHeader).Split(';') is [var queryCode, var fault])
        {
            error.Code = queryCode;
            error.Type = fault == "Receiver" ? ErrorType.Receiver : ErrorType.Sender;
        }

        return protocol.Exception(code, error);
    }
}

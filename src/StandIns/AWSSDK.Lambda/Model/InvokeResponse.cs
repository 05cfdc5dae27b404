using System.Text.Json;
using Amazon.Runtime;
using Amazon.Runtime.Internal.Transform;
using Amazon.StandIns;

namespace Amazon.Lambda.Model;

/// <summary>Holds the answer of a function.</summary>
public class InvokeResponse : AmazonWebServiceResponse, IJsonResponse, IRawResponse
{
    /// <summary>Gets or sets the kind of error of a function that failed; null for one that did not.</summary>
    public string FunctionError { get; set; }

    /// <summary>Gets or sets the end of the log, in base64.</summary>
    public string LogResult { get; set; }

    /// <summary>Gets or sets the answer, or the error.</summary>
    public MemoryStream Payload { get; set; }

    void IRawResponse.Read(IWebResponseData headers, byte[] body)
    {
        FunctionError = Find(headers, "X-Amz-Function-Error");
        LogResult = Find(headers, "X-Amz-Log-Result");
        Payload = new MemoryStream(body);
    }

    void IJsonResponse.Read(JsonElement json) => throw new NotSupportedException();

    private static string Find(IWebResponseData headers, string name) =>
        headers.IsHeaderPresent(name) ? headers.GetHeaderValue(name) : null;
}

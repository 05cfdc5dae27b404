using System.Globalization;
using Amazon.Runtime.Internal;
using Amazon.StandIns;
using Amazon.Util;

namespace Amazon.Lambda.Model;

/// <summary>Invokes a function.</summary>
public class InvokeRequest : AmazonLambdaRequest, IRestRequest
{
    /// <summary>Gets or sets the name or the ARN of the function.</summary>
    public string FunctionName { get; set; }

    /// <summary>Gets or sets how it is invoked; null to wait for its answer.</summary>
    public InvocationType InvocationType { get; set; }

    /// <summary>Gets or sets whether the answer holds the end of the log.</summary>
    public LogType LogType { get; set; }

    /// <summary>Gets or sets the payload.</summary>
    public MemoryStream PayloadStream { get; set; }

    void IRestRequest.Fill(DefaultRequest request)
    {
        request.HttpMethod = "POST";
        request.ResourcePath = "/2015-03-31/functions/{FunctionName}/invocations";
        request.AddPathResource(
            "{FunctionName}",
            FunctionName ?? throw new AmazonLambdaException("Request object does not have required field FunctionName set"));
        request.ContentStream = PayloadStream ?? new MemoryStream();
        request.Headers[HeaderKeys.ContentLengthHeader] = request.ContentStream.Length.ToString(CultureInfo.InvariantCulture);
        request.Headers[HeaderKeys.ContentTypeHeader] = "binary/octet-stream";
        if (InvocationType is not null)
        {
            request.Headers["X-Amz-Invocation-Type"] = InvocationType;
        }

        if (LogType is not null)
        {
            request.Headers["X-Amz-Log-Type"] = LogType;
        }
    }
}

using System.Text.Json;
using Amazon.Runtime;
using Amazon.StandIns;

namespace Amazon.SQS.Model;

/// <summary>Confirms that the message was taken.</summary>
public class SendMessageResponse : AmazonWebServiceResponse, IJsonResponse
{
    /// <summary>Gets or sets the MD5 of message attributes.</summary>
    public string MD5OfMessageAttributes { get; set; }

    /// <summary>Gets or sets the MD5 of message body.</summary>
    public string MD5OfMessageBody { get; set; }

    /// <summary>Gets or sets the MD5 of message system attributes.</summary>
    public string MD5OfMessageSystemAttributes { get; set; }

    /// <summary>Gets or sets the message identifier.</summary>
    public string MessageId { get; set; }

    /// <summary>Gets or sets the sequence number.</summary>
    public string SequenceNumber { get; set; }

    void IJsonResponse.Read(JsonElement json)
    {
        MD5OfMessageAttributes = json.Text("MD5OfMessageAttributes");
        MD5OfMessageBody = json.Text("MD5OfMessageBody");
        MD5OfMessageSystemAttributes = json.Text("MD5OfMessageSystemAttributes");
        MessageId = json.Text("MessageId");
        SequenceNumber = json.Text("SequenceNumber");
    }
}

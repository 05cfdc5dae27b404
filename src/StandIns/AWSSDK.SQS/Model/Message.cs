using System.Text.Json;
using Amazon.StandIns;

namespace Amazon.SQS.Model;

/// <summary>A message that was received.</summary>
public class Message : IJsonResponse
{
    /// <summary>Gets or sets the attributes.</summary>
    public Dictionary<string, string> Attributes { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    /// <summary>Gets or sets the body.</summary>
    public string Body { get; set; }

    /// <summary>Gets or sets the MD5 of body.</summary>
    public string MD5OfBody { get; set; }

    /// <summary>Gets or sets the MD5 of message attributes.</summary>
    public string MD5OfMessageAttributes { get; set; }

    /// <summary>Gets or sets the message attributes.</summary>
    public Dictionary<string, MessageAttributeValue> MessageAttributes { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    /// <summary>Gets or sets the message identifier.</summary>
    public string MessageId { get; set; }

    /// <summary>Gets or sets what to delete the message with.</summary>
    public string ReceiptHandle { get; set; }

    void IJsonResponse.Read(JsonElement json)
    {
        Attributes = json.TextMap("Attributes");
        Body = json.Text("Body");
        MD5OfBody = json.Text("MD5OfBody");
        MD5OfMessageAttributes = json.Text("MD5OfMessageAttributes");
        MessageAttributes = json.ItemMap<MessageAttributeValue>("MessageAttributes");
        MessageId = json.Text("MessageId");
        ReceiptHandle = json.Text("ReceiptHandle");
    }
}

using System.Text.Json;
using Amazon.StandIns;

namespace Amazon.SQS.Model;

/// <summary>The value of an attribute of a message.</summary>
public class MessageAttributeValue : IJsonRequest, IJsonResponse
{
    /// <summary>Gets or sets the binary value.</summary>
    public MemoryStream BinaryValue { get; set; }

    /// <summary>Gets or sets the type of the value: <c>String</c>, <c>Number</c> or <c>Binary</c>.</summary>
    public string DataType { get; set; }

    /// <summary>Gets or sets the string value.</summary>
    public string StringValue { get; set; }

    void IJsonRequest.Write(Utf8JsonWriter json)
    {
        json.Put("BinaryValue", BinaryValue);
        json.Put("DataType", DataType);
        json.Put("StringValue", StringValue);
    }

    void IJsonResponse.Read(JsonElement json)
    {
        BinaryValue = json.Bytes("BinaryValue");
        DataType = json.Text("DataType");
        StringValue = json.Text("StringValue");
    }
}

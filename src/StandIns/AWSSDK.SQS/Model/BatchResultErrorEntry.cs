using System.Text.Json;
using Amazon.StandIns;

namespace Amazon.SQS.Model;

/// <summary>A message that was refused.</summary>
public class BatchResultErrorEntry : IJsonResponse
{
    /// <summary>Gets or sets the code.</summary>
    public string Code { get; set; }

    /// <summary>Gets or sets the identifier.</summary>
    public string Id { get; set; }

    /// <summary>Gets or sets the message.</summary>
    public string Message { get; set; }

    /// <summary>Gets or sets whether the message itself is to blame.</summary>
    public bool? SenderFault { get; set; }

    void IJsonResponse.Read(JsonElement json)
    {
        Code = json.Text("Code");
        Id = json.Text("Id");
        Message = json.Text("Message");
        SenderFault = json.Flag("SenderFault");
    }
}

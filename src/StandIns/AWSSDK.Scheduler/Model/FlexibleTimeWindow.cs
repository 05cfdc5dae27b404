using System.Text.Json;
using Amazon.StandIns;

namespace Amazon.Scheduler.Model;

/// <summary>The window of time in which a schedule may start. This project only hands it on: it keeps what the service has sent.</summary>
public class FlexibleTimeWindow : IJsonRequest, IJsonResponse
{
    private JsonElement _content = JsonElement.Parse("{}");

    void IJsonRequest.Write(Utf8JsonWriter json)
    {
        foreach (var member in _content.EnumerateObject())
        {
            member.WriteTo(json);
        }
    }

    void IJsonResponse.Read(JsonElement json) => _content = json.Clone();
}

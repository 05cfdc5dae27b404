using System.Collections.Specialized;
using System.Text;
using System.Text.Json;

namespace Dispatcher.StandIns.Tests.Servers;

/// <summary>A request as it arrived.</summary>
internal sealed record RecordedRequest(string Method, string Path, NameValueCollection Headers, byte[] Body)
{
    public string Text => Encoding.UTF8.GetString(Body);

    public JsonElement Json => JsonDocument.Parse(Body).RootElement;
}

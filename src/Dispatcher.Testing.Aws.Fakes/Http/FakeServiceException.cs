using System.Net;

namespace Dispatcher.Testing.Aws.Fakes.Http;

/// <summary>A refusal by a service.</summary>
internal sealed class FakeServiceException(HttpStatusCode status, string code, string message) : Exception(message)
{
    public HttpStatusCode Status { get; } = status;

    public string Code { get; } = code;

    /// <summary>Gets what else the answer holds, by name.</summary>
    public Dictionary<string, System.Text.Json.Nodes.JsonNode> Members { get; init; } = [];
}

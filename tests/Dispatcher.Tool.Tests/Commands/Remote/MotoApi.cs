using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dispatcher.LocalServers.Moto;

namespace Dispatcher.Tool.Tests.Commands.Remote;

/// <summary>Calls of moto that the tool itself does not make: they put there what it finds.</summary>
internal sealed class MotoApi(MotoServer server)
{
    private static readonly HttpClient Client = new();

    /// <summary>Calls an operation of a service that speaks AWS JSON.</summary>
    public async Task<JsonElement> CallAsync(string service, string target, JsonObject body)
    {
        using var request = Request(HttpMethod.Post, "/", service);
        request.Headers.Add("X-Amz-Target", target);
        request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/x-amz-json-1.1");
        return await SendAsync(request);
    }

    /// <summary>Calls an operation of a service that speaks REST.</summary>
    public async Task<JsonElement> CallAsync(HttpMethod method, string path, string service, JsonObject? body = null)
    {
        using var request = Request(method, path, service);
        request.Content = body is null ? null : new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        return await SendAsync(request);
    }

    /// <summary>Calls an operation of CloudFormation.</summary>
    public async Task QueryAsync(IEnumerable<KeyValuePair<string, string>> parameters)
    {
        using var request = Request(HttpMethod.Post, "/", "cloudformation");
        request.Content = new FormUrlEncodedContent(parameters);
        using var response = await Client.SendAsync(request);
        Assert.That(response.IsSuccessStatusCode, Is.True, await response.Content.ReadAsStringAsync());
    }

    private HttpRequestMessage Request(HttpMethod method, string path, string service)
    {
        var request = new HttpRequestMessage(method, new Uri(server.Endpoint, path));
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "AWS4-HMAC-SHA256", $"Credential=local/20260101/us-east-1/{service}/aws4_request, SignedHeaders=host, Signature=0");
        return request;
    }

    private static async Task<JsonElement> SendAsync(HttpRequestMessage request)
    {
        using var response = await Client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        Assert.That(response.IsSuccessStatusCode, Is.True, text);
        return JsonElement.Parse(text.Length == 0 ? "{}" : text);
    }
}

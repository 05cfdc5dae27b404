using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Amazon.Runtime;
using Dispatcher.LocalServers.Moto;

namespace Dispatcher.IntegrationTests.Permissions;

/// <summary>
/// The AWS Parameters and Secrets extension of a function, which reads secrets with the function's credentials:
/// https://docs.aws.amazon.com/systems-manager/latest/userguide/ps-integration-lambda-extensions.html.
/// </summary>
internal sealed class SecretsExtensionServer : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly HttpClient _client = new();
    private readonly MotoServer _server;
    private readonly ImmutableCredentials _credentials;
    private readonly Task _serving;

    public SecretsExtensionServer(MotoServer server, AWSCredentials credentials)
    {
        (_server, _credentials) = (server, credentials.GetCredentials());
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            Port = ((IPEndPoint)free.LocalEndpoint).Port;
        }

        _listener.Prefixes.Add($"http://localhost:{Port}/");
        _listener.Start();
        _serving = ServeAsync();
    }

    public int Port { get; }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _serving;
        _listener.Close();
        _client.Dispose();
    }

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception exception) when (exception is HttpListenerException or InvalidOperationException)
            {
                return;
            }

            using var answer = await CallAsync(context.Request);
            context.Response.StatusCode = (int)answer.StatusCode;
            context.Response.Close(await answer.Content.ReadAsByteArrayAsync(), willBlock: true);
        }
    }

    private Task<HttpResponseMessage> CallAsync(HttpListenerRequest request) =>
        request.QueryString["name"] is { } name
            ? CallAsync("ssm", "AmazonSSM.GetParameter", new { Name = name, WithDecryption = true })
            : CallAsync("secretsmanager", "secretsmanager.GetSecretValue", new { SecretId = request.QueryString["secretId"] });

    private Task<HttpResponseMessage> CallAsync<TBody>(string service, string target, TBody body) => SignedCalls.PostAsync(
        _client, _server.Endpoint, service, target, JsonSerializer.Serialize(body), (_credentials.AccessKey, _credentials.SecretKey));
}

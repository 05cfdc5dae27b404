using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Dispatcher.Testing.Aws.Fakes.Calls;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Dispatcher.Testing.Aws.Fakes.Http;

/// <summary>Listens on a free port of 127.0.0.1 and answers every request from memory.</summary>
internal sealed class FakeListener : IHttpApplication<HttpContext>, IDisposable
{
    private readonly FakeWorld _world;
    private readonly Func<FakeRequest, IFakeService> _serviceOf;
    private readonly Func<string, FakeCaller> _callerOf;
    private readonly SocketTransportFactory _transport = new(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance);
    private readonly KestrelServer _server;

    public FakeListener(FakeWorld world, Func<FakeRequest, IFakeService> serviceOf, Func<string, FakeCaller> callerOf)
    {
        _world = world;
        _serviceOf = serviceOf;
        _callerOf = callerOf;
        var options = new KestrelServerOptions { AddServerHeader = false, Limits = { MaxRequestBodySize = null } };
        options.Listen(IPAddress.Loopback, 0);
        _server = new KestrelServer(Options.Create(options), _transport, NullLoggerFactory.Instance);
        _server.StartAsync(this, CancellationToken.None).GetAwaiter().GetResult();
        Url = new Uri(_server.Features.Get<IServerAddressesFeature>()!.Addresses.Single());
    }

    public Uri Url { get; }

    /// <summary>Stops at once: requests that are still waiting are cut off.</summary>
    public void Dispose()
    {
        _server.StopAsync(new CancellationToken(canceled: true)).GetAwaiter().GetResult();
        _server.Dispose();
    }

    public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    public async Task ProcessRequestAsync(HttpContext context)
    {
        try
        {
            var request = await FakeRequest.ReadAsync(context.Request, context.RequestAborted);
            var caller = _callerOf(AccessKeyOf(request));
            var answer = FakeExchange.AnswerAsync(_world, _serviceOf(request), caller, request, context.RequestAborted);
            await Task.WhenAny(answer, caller.Killed, Aborted(context));
            if (answer.IsCompleted)
            {
                await WriteAsync(context, await answer);
            }
            else
            {
                context.Abort();
            }
        }
        catch (NotSupportedException exception)
        {
            await WriteAsync(context, NotImplemented(exception.Message));
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException or IOException)
        {
            // A fault that cuts the connection, or a client that has closed it.
            context.Abort();
        }
    }

    public void DisposeContext(HttpContext context, Exception? exception)
    {
    }

    private static Task Aborted(HttpContext context)
    {
        var aborted = new TaskCompletionSource();
        context.RequestAborted.Register(aborted.SetResult);
        return aborted.Task;
    }

    /// <summary>Reads the access key from the signature: it names the caller.</summary>
    private static string AccessKeyOf(FakeRequest request)
    {
        const string Credential = "Credential=";
        var signature = request.Headers.GetValueOrDefault("Authorization") ?? string.Empty;
        var start = signature.IndexOf(Credential, StringComparison.Ordinal);
        return start < 0 ? "anonymous" : signature[(start + Credential.Length)..].Split('/', 2)[0];
    }

    private static HttpResponseMessage NotImplemented(string message)
    {
        var answer = new JsonObject { ["__type"] = "NotSupportedByFake", ["message"] = message };
        return new HttpResponseMessage(HttpStatusCode.NotImplemented)
        {
            Content = new StringContent(answer.ToJsonString(), Encoding.UTF8, "application/x-amz-json-1.0"),
        };
    }

    private static async Task WriteAsync(HttpContext context, HttpResponseMessage answer)
    {
        var response = context.Response;
        response.StatusCode = (int)answer.StatusCode;
        var body = await answer.Content.ReadAsByteArrayAsync();
        foreach (var (name, values) in answer.Headers.NonValidated.Concat(answer.Content.Headers.NonValidated))
        {
            response.Headers[name] = values.ToString();
        }

        if (HttpMethods.IsHead(context.Request.Method) || response.StatusCode == StatusCodes.Status204NoContent)
        {
            return;
        }

        response.ContentLength = body.Length;
        await response.Body.WriteAsync(body);
    }
}

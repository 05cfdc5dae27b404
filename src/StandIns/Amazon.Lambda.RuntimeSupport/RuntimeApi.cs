#nullable enable
using System.Net.Http.Headers;
using System.Text.Json;
using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>Speaks the Lambda Runtime API, version 2018-06-01.</summary>
internal sealed class RuntimeApi(HttpClient httpClient, string hostAndPort, ConsoleLog log)
{
    private readonly string _root = $"http://{hostAndPort}/2018-06-01/runtime/";

    public static HttpClient CreateHttpClient()
    {
        // Client contexts may carry any character: the default encoding of headers refuses all but ASCII.
        var client = new HttpClient(new SocketsHttpHandler { ResponseHeaderEncodingSelector = (_, _) => System.Text.Encoding.UTF8 });
        client.DefaultRequestHeaders.UserAgent.Add(
            new ProductInfoHeaderValue("aws-lambda-dotnet", $"{Environment.Version}-{typeof(RuntimeApi).Assembly.GetName().Version}"));
        return client;
    }

    public async Task<InvocationRequest> NextAsync(
        FunctionEnvironment environment, ILambdaSerializer? serializer, CancellationToken cancellationToken)
    {
        using var response = await httpClient.GetAsync(new Uri(_root + "invocation/next"), cancellationToken);
        await ThrowIfFailedAsync("fetch the next invocation", response, cancellationToken);
        return new InvocationRequest
        {
            InputStream = new MemoryStream(await response.Content.ReadAsByteArrayAsync(cancellationToken)),
            LambdaContext = new InvocationContext(environment, response.Headers, serializer, log),
        };
    }

    /// <summary>Lets the service take the snapshot, and returns in a process that is restored from it.</summary>
    public async Task RestoreNextAsync(CancellationToken cancellationToken)
    {
        using var response = await httpClient.GetAsync(new Uri(_root + "restore/next"), cancellationToken);
        await ThrowIfFailedAsync("take the snapshot", response, cancellationToken);
    }

    public async Task RespondAsync(string requestId, Stream? output, CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream();
        if (output is not null)
        {
            await output.CopyToAsync(buffer, cancellationToken);
        }

        using var content = new ByteArrayContent(buffer.ToArray());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        await PostAsync("send the response", $"invocation/{requestId}/response", content, null, cancellationToken);
    }

    public Task ReportInvocationErrorAsync(string requestId, Exception exception, CancellationToken cancellationToken) =>
        ReportAsync($"invocation/{requestId}/error", exception, cancellationToken);

    public Task ReportInitializationErrorAsync(
        Exception exception, CancellationToken cancellationToken, string? errorType = null) =>
        ReportAsync("init/error", exception, cancellationToken, errorType);

    public Task ReportRestoreErrorAsync(Exception exception, CancellationToken cancellationToken) =>
        ReportAsync("restore/error", exception, cancellationToken, "Runtime.AfterRestoreError");

    private async Task ReportAsync(string path, Exception exception, CancellationToken cancellationToken, string? errorType = null)
    {
        using var content = new ByteArrayContent(ErrorPayload.From(exception));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/vnd.aws.lambda.error+json");
        await PostAsync("report an error", path, content, errorType ?? exception.GetType().Name, cancellationToken);
    }

    private async Task PostAsync(string purpose, string path, HttpContent content, string? errorType, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_root + path)) { Content = content };
        if (errorType is not null)
        {
            request.Headers.Add("Lambda-Runtime-Function-Error-Type", errorType);
        }

        using var response = await httpClient.SendAsync(request, cancellationToken);
        await ThrowIfFailedAsync(purpose, response, cancellationToken);
        if (errorType is not null)
        {
            // {"status":"OK"}: the package reads it, and ends the process if it cannot.
            using var answer = await JsonDocument.ParseAsync(
                await response.Content.ReadAsStreamAsync(cancellationToken), default, cancellationToken);
        }
    }

    private async Task ThrowIfFailedAsync(string purpose, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (!response.IsSuccessStatusCode)
        {
            var body = await response.Content.ReadAsStringAsync(cancellationToken);
            throw new HttpRequestException(
                $"The Lambda Runtime API at {hostAndPort} refused to {purpose}: HTTP {(int)response.StatusCode} "
                    + $"{body}", null, response.StatusCode);
        }
    }
}

using System.Net;
using System.Text;
using Amazon.Runtime;

namespace Dispatcher.Aws.Tests;

/// <summary>A network whose answers a test gives one by one; an exception is a connection that breaks. The last is repeated.</summary>
internal sealed class ScriptedHttp(params Func<HttpResponseMessage>[] answers) : HttpClientFactory
{
    /// <summary>Gets how many requests were sent.</summary>
    public int Sent { get; private set; }

    public static Func<HttpResponseMessage> Answer(HttpStatusCode status, string body = "", params (string Name, string Value)[] headers) =>
        () =>
    {
        var answer = new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8, "application/xml") };
        foreach (var (name, value) in headers)
        {
            answer.Headers.TryAddWithoutValidation(name, value);
        }

        return answer;
    };

    public static Func<HttpResponseMessage> Error(HttpStatusCode status, string code) =>
        Answer(status, $"<Error><Code>{code}</Code><Message>It went wrong.</Message></Error>");

    public static Func<HttpResponseMessage> Break(Exception exception) => () => throw exception;

    public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(new Handler(this));

    public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

    private HttpResponseMessage Next() => answers[Math.Min(Sent++, answers.Length - 1)]();

    private sealed class Handler(ScriptedHttp script) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(script.Next());
    }
}

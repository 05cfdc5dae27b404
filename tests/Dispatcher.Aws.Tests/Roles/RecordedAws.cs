using System.Collections.Concurrent;
using System.Collections.Specialized;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using System.Web;
using Amazon.Runtime;

namespace Dispatcher.Aws.Tests.Roles;

/// <summary>
/// S3, which answers every request, and STS, which gives the role <c>NAME</c> the access key <c>KEYNAME</c>. The keys of requests to S3 are
/// recorded by bucket.
/// </summary>
internal sealed partial class RecordedAws : HttpClientFactory
{
    private readonly ConcurrentQueue<(string Bucket, string Key)> _calls = [];
    private readonly ConcurrentQueue<string> _sessions = [];

    /// <summary>Gets the bucket and the access key of each request to S3.</summary>
    public IReadOnlyCollection<(string Bucket, string Key)> Calls => _calls;

    /// <summary>Gets the names of the sessions that were asked for, one for each request to STS.</summary>
    public IReadOnlyCollection<string> Sessions => _sessions;

    /// <summary>Gets or sets how long credentials last.</summary>
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Gets or sets the status of STS's answers, and the code of its error.</summary>
    public (HttpStatusCode Status, string Code)? Refusal { get; set; }

    /// <summary>Gets what STS waits for before it answers.</summary>
    public TaskCompletionSource? Gate { get; init; }

    public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(new Handler(this));

    public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

    private async Task<HttpResponseMessage> AnswerAsync(HttpRequestMessage request)
    {
        // Answers come later and on another thread, as from a network.
        await Task.Yield();
        if (request.RequestUri!.Host == "sts.test")
        {
            await (Gate?.Task ?? Task.CompletedTask);
            return Assume(HttpUtility.ParseQueryString(await request.Content!.ReadAsStringAsync()));
        }

        var bucket = request.RequestUri.AbsolutePath.Trim('/').Split('/')[0];
        _calls.Enqueue((bucket, AccessKey().Match(AuthorizationOf(request)).Groups["key"].Value));
        return Xml(HttpStatusCode.OK, bucket.Length > 0 ? "<ListBucketResult/>" : "{}");
    }

    private static string AuthorizationOf(HttpRequestMessage request) =>
        string.Join(' ', request.Headers.NonValidated["Authorization"]);

    private HttpResponseMessage Assume(NameValueCollection request)
    {
        _sessions.Enqueue(request["RoleSessionName"]!);
        if (Refusal is var (status, code))
        {
            return Xml(status, $"<ErrorResponse><Error><Code>{code}</Code><Message>It is refused.</Message></Error></ErrorResponse>");
        }

        var expiration = (DateTimeOffset.UtcNow + Lifetime).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var name = request["RoleArn"]!.Split('/')[^1];
        return Xml(HttpStatusCode.OK, $"""
            <AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials>
            <AccessKeyId>KEY{name}</AccessKeyId><SecretAccessKey>secret</SecretAccessKey><SessionToken>token</SessionToken>
            <Expiration>{expiration}</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>
            """);
    }

    private static HttpResponseMessage Xml(HttpStatusCode status, string body) =>
        new(status) { Content = new StringContent(body, Encoding.UTF8, "application/xml") };

    [GeneratedRegex(@"Credential=(?<key>[^/]*)/")]
    private static partial Regex AccessKey();

    private sealed class Handler(RecordedAws aws) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            aws.AnswerAsync(request);
    }
}

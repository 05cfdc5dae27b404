using System.Globalization;
using System.Xml.Linq;
using Amazon.Runtime;
using Dispatcher.LocalServers.Moto;
using Dispatcher.LocalServers.Supervision;

namespace Dispatcher.IntegrationTests.Permissions;

/// <summary>
/// A moto server of one's own that can enforce the policies of users: https://docs.getmoto.org/en/latest/docs/iam.html. It checks the
/// signature of every request, then the action and, for S3 and SQS, the resource. It refuses statements with conditions.
/// </summary>
internal sealed class EnforcedMoto : IDisposable
{
    /// <summary>The account of the server's resources.</summary>
    public const string Account = "123456789012";

    /// <summary>The region of the server's resources.</summary>
    public const string Region = "us-east-1";

    private const string User = "function";

    private readonly TemporaryServer<MotoServer> _temporary;
    private readonly HttpClient _client = new();

    private EnforcedMoto(TemporaryServer<MotoServer> temporary) => _temporary = temporary;

    public MotoServer Server => _temporary.Server;

    /// <summary>Gets the credentials of the user whose policy is enforced.</summary>
    public AWSCredentials Credentials { get; private set; } = new AnonymousAWSCredentials();

    public static async Task<EnforcedMoto> StartAsync()
    {
        var moto = new EnforcedMoto(await MotoInstallation.OnPath.StartTemporaryAsync(CancellationToken.None));
        await moto.CallIamAsync("CreateUser", ("UserName", User));
        var answer = XDocument.Parse(await moto.CallIamAsync("CreateAccessKey", ("UserName", User)));
        string Read(string name) => answer.Descendants().Single(element => element.Name.LocalName == name).Value;
        moto.Credentials = new BasicAWSCredentials(Read("AccessKeyId"), Read("SecretAccessKey"));
        return moto;
    }

    /// <summary>Enforces a policy on the user, until the returned object is disposed.</summary>
    public async Task<IAsyncDisposable> EnforceAsync(string policy)
    {
        await CallIamAsync("PutUserPolicy", ("UserName", User), ("PolicyName", "job"), ("PolicyDocument", policy));
        await CountOpenRequestsAsync(0);
        return new Enforcement(this);
    }

    /// <summary>Creates a role with a policy.</summary>
    /// <param name="name">The name.</param>
    /// <param name="policy">What the role may do.</param>
    /// <param name="principal">The name of the user who may assume the role.</param>
    /// <returns>The ARN of the role.</returns>
    public async Task<string> CreateRoleAsync(string name, string policy, string principal = User)
    {
        var trust = $$$"""
            {"Version":"2012-10-17","Statement":[{
              "Effect":"Allow","Action":"sts:AssumeRole","Principal":{"AWS":"arn:aws:iam::{{{Account}}}:user/{{{principal}}}"}
            }]}
            """;
        await CallIamAsync("CreateRole", ("RoleName", name), ("AssumeRolePolicyDocument", trust));
        await CallIamAsync("PutRolePolicy", ("RoleName", name), ("PolicyName", "job"), ("PolicyDocument", policy));
        return $"arn:aws:iam::{Account}:role/{name}";
    }

    public void Dispose()
    {
        _client.Dispose();
        _temporary.Dispose();
    }

    /// <summary>Sets how many requests pass before moto begins to enforce.</summary>
    private async Task CountOpenRequestsAsync(double count)
    {
        using var content = new StringContent(double.IsInfinity(count) ? "inf" : count.ToString(CultureInfo.InvariantCulture));
        using var answer = await _client.PostAsync(new Uri(Server.Endpoint, "/moto-api/reset-auth"), content);
        answer.EnsureSuccessStatusCode();
    }

    private async Task<string> CallIamAsync(string action, params (string Name, string Value)[] parameters)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Server.Endpoint);
        request.Content = new FormUrlEncodedContent(
            parameters.Prepend(("Version", "2010-05-08")).Prepend(("Action", action))
                .Select(static parameter => KeyValuePair.Create(parameter.Item1, parameter.Item2)));

        // Moto finds the service by the scope of the credentials, and looks at nothing else while it does not enforce.
        request.Headers.TryAddWithoutValidation(
            "Authorization", $"AWS4-HMAC-SHA256 Credential=local/20260101/{Region}/iam/aws4_request, SignedHeaders=host, Signature=0");
        using var answer = await _client.SendAsync(request);
        var body = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? body : throw new InvalidOperationException($"{action} failed: {body}");
    }

    private sealed class Enforcement(EnforcedMoto moto) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await moto.CountOpenRequestsAsync(double.PositiveInfinity);
    }
}

using Amazon.Runtime;
using Dispatcher.Jobs.Http;
using Dispatcher.Testing;

namespace Dispatcher.IntegrationTests.Permissions;

/// <summary>The job itself calls nothing in AWS: the secrets extension, which has the function's role, reads the secret.</summary>
/// <param name="store">The store of the secret.</param>
/// <param name="secret">The setting that names the secret.</param>
/// <param name="action">The action that reads it.</param>
[TestFixture("ssm", "ssm:/maintenance/internal-key", "ssm:GetParameter")]
[TestFixture("secretsmanager", "secretsmanager:maintenance/internal-key", "secretsmanager:GetSecretValue")]
internal sealed class HttpTriggerPermissionTests(string store, string secret, string action) : RequestFixture
{
    private const string DryRun = """{"job":"http-trigger","dryRun":true,"parameters":{"endpoint":"run_uptime"}}""";

    protected override string Deployment => "run-uptime";

    protected override IEnumerable<string> NeededElsewhere => [action];

    protected override IEnumerable<string> Requests =>
    [
        "",
    ];

    protected override async Task PrepareAsync()
    {
        var (target, body) = store == "ssm"
            ? ("AmazonSSM.PutParameter",
                """{"Name":"/maintenance/internal-key","Value":"key","Type":"SecureString","Overwrite":true}""")
            : ("secretsmanager.CreateSecret", """{"Name":"maintenance/internal-key","SecretString":"key"}""");
        using var client = new HttpClient();
        using var answer = await SignedCalls.PostAsync(client, Server.Endpoint, store, target, body, ("local", "local"));
        answer.EnsureSuccessStatusCode();
    }

    protected override Task<PermissionWorld> CreateWorldAsync(AWSCredentials credentials)
    {
        var extension = new SecretsExtensionServer(Server, credentials);
        var harness = new JobHarness(
            builder => builder.AddHttpTrigger(configure: options => options.Deploy(Deployment, deploy => deploy.CallEndpoint(
                "run_uptime", "RunUptime", "https://app.example.com/api/internal/run-uptime/", "maintenance/internal-key"))),
            new Dictionary<string, string?>
            {
                ["PARAMETERS_SECRETS_EXTENSION_HTTP_PORT"] = $"{extension.Port}",
                ["HttpTrigger:AllowedHosts:0"] = "app.example.com",
                ["HttpEndpoints:run_uptime:Url"] = "https://app.example.com/api/internal/run-uptime/",
                ["HttpEndpoints:run_uptime:SecretHeader"] = "X-Internal-Key",
                ["HttpEndpoints:run_uptime:Secret"] = secret,
            });
        return Task.FromResult(new PermissionWorld(
            [(harness, DryRun)], new Dictionary<string, string> { ["RunUptimeSecretStore"] = store })
        {
            Resources = [extension],
        });
    }
}

namespace Dispatcher.Jobs.Http;

/// <summary>The deployment of <c>http-trigger</c> for the endpoint <c>run_uptime</c>.</summary>
internal static class HttpTriggerDeployment
{
    /// <summary>The name of the deployment.</summary>
    public const string Name = "run-uptime";

    private const string SecretIsParameter = "RunUptimeSecretIsParameter";

    /// <summary>Declares schedule, settings and permissions.</summary>
    /// <param name="deploy">The deployment.</param>
    public static void Declare(JobDeployment deploy) => deploy
        .Enabled(byDefault: false, "Whether http-trigger calls the application's run-uptime endpoint.", condition: "RunUptime")
        .Schedule("cron(5 0 * * ? *)", """{"endpoint":"run_uptime"}""", "Calls the application's run-uptime endpoint.")
        .Setting("HttpEndpoints__run_uptime__Url", "RunUptimeUrl", required: true, configure: parameter => parameter
            .Text(string.Empty, "(https://[A-Za-z0-9.:-]+/[^ @]*)?")
            .Describe("The endpoint, such as https://app.example.com/api/internal/run-uptime/. Mind the trailing slash: redirects are not "
                + "followed."))
        .SettingPart("HttpTrigger__AllowedHosts__0", "RunUptimeUrl", '/', part: 2, whileDisabled: "none.invalid")
        .Setting("HttpEndpoints__run_uptime__SecretHeader", "RunUptimeSecretHeader", parameter => parameter
            .Text("X-Internal-Key", "[A-Za-z0-9-]{1,80}")
            .Describe("The header that carries the secret."))
        .Parameter("RunUptimeSecretStore", parameter => parameter
            .OneOf("ssm", "secretsmanager")
            .Describe("Where the secret is: ssm (Parameter Store) or secretsmanager."))
        .Parameter("RunUptimeSecretName", parameter => parameter
            .Text("maintenance/internal-key", "[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*")
            .Describe("The secret's name, without a slash in front; in Parameter Store, /maintenance/internal-key is meant."))
        .Condition(SecretIsParameter, "RunUptimeSecretStore", equalTo: "ssm")
        .SettingText(
            "HttpEndpoints__run_uptime__Secret",
            "ssm:/${RunUptimeSecretName}",
            when: SecretIsParameter,
            otherwise: "secretsmanager:${RunUptimeSecretName}")
        .Parameter("SecretsExtensionLayerArn", parameter => parameter
            .Text(string.Empty, "(arn:aws[a-z-]*:lambda:[a-z0-9-]+:[0-9]{12}:layer:[A-Za-z0-9_-]+:[0-9]+)?")
            .Describe("The AWS Parameters and Secrets Lambda Extension of this region; AWS lists the ARNs."))
        .Require("SecretsExtensionLayerArn")
        .Layer("${SecretsExtensionLayerArn}")
        .Allow(new JobPermission(
            "arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:parameter/${RunUptimeSecretName}", "ssm:GetParameter")
        {
            Sid = "EndpointSecret", When = SecretIsParameter,
        })
        .Allow(new JobPermission(
            "arn:${AWS::Partition}:secretsmanager:${AWS::Region}:${AWS::AccountId}:secret:${RunUptimeSecretName}-??????",
            "secretsmanager:GetSecretValue")
        {
            Sid = "EndpointSecret", Unless = SecretIsParameter,
        });
}

namespace Dispatcher.Jobs.Http;

/// <summary>What a deployment of <c>http-trigger</c> needs.</summary>
public static class EndpointDeploymentExtensions
{
    /// <summary>
    /// Declares the settings of an endpoint whose secret is in Parameter Store or Secrets Manager, and the permission to read the secret.
    /// </summary>
    /// <param name="deploy">The deployment.</param>
    /// <param name="endpoint">The name of the endpoint in settings: <c>run_uptime</c>.</param>
    /// <param name="prefix">What the names of its parameters begin with: <c>RunUptime</c>.</param>
    /// <param name="example">A URL, for the description of the parameter.</param>
    /// <param name="secret">The default name of the secret.</param>
    /// <param name="index">The number of the endpoint, from 0: each has its own place in the list of allowed hosts.</param>
    /// <returns>The deployment.</returns>
    public static JobDeployment CallEndpoint(
        this JobDeployment deploy, string endpoint, string prefix, string example, string secret, int index = 0)
    {
        ArgumentNullException.ThrowIfNull(deploy);
        var (url, header, store, name) = ($"{prefix}Url", $"{prefix}SecretHeader", $"{prefix}SecretStore", $"{prefix}SecretName");
        var isParameter = $"{prefix}SecretIsParameter";
        var settings = $"HttpEndpoints__{endpoint}__";
        return deploy
            .Setting($"{settings}Url", url, required: true, configure: parameter => parameter
                .Text(string.Empty, "(https://[A-Za-z0-9.:-]+/[^ @]*)?")
                .Describe($"The endpoint, such as {example}. Mind the trailing slash: redirects are not followed."))
            .SettingPart($"HttpTrigger__AllowedHosts__{index}", url, '/', part: 2, whileDisabled: "none.invalid")
            .Setting($"{settings}SecretHeader", header, parameter => parameter
                .Text("X-Internal-Key", "[A-Za-z0-9-]{1,80}")
                .Describe("The header that carries the secret."))
            .Parameter(store, parameter => parameter
                .OneOf("ssm", "secretsmanager")
                .Describe("Where the secret is: ssm (Parameter Store) or secretsmanager."))
            .Parameter(name, parameter => parameter
                .Text(secret, "[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*")
                .Describe($"The secret's name, without a slash in front; in Parameter Store, /{secret} is meant."))
            .Condition(isParameter, store, equalTo: "ssm")
            .SettingText($"{settings}Secret", $"ssm:/${{{name}}}", when: isParameter, otherwise: $"secretsmanager:${{{name}}}")
            .Parameter("SecretsExtensionLayerArn", parameter => parameter
                .Text(string.Empty, "(arn:aws[a-z-]*:lambda:[a-z0-9-]+:[0-9]{12}:layer:[A-Za-z0-9_-]+:[0-9]+)?")
                .Describe("The AWS Parameters and Secrets Lambda Extension of this region; AWS lists the ARNs."))
            .Require("SecretsExtensionLayerArn")
            .Layer("${SecretsExtensionLayerArn}")
            .Allow(new JobPermission(
                $"arn:${{AWS::Partition}}:ssm:${{AWS::Region}}:${{AWS::AccountId}}:parameter/${{{name}}}", "ssm:GetParameter")
            {
                Sid = "EndpointSecret", When = isParameter, IsOfFunction = true,
            })
            .Allow(new JobPermission(
                $"arn:${{AWS::Partition}}:secretsmanager:${{AWS::Region}}:${{AWS::AccountId}}:secret:${{{name}}}-??????",
                "secretsmanager:GetSecretValue")
            {
                Sid = "EndpointSecret", Unless = isParameter, IsOfFunction = true,
            });
    }
}

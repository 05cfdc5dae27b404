using Amazon.Runtime;
using Dispatcher.Text;

namespace Dispatcher.Aws;

/// <summary>
/// The check of the environment variables from which the AWS SDK reads where it sends requests. The SDK itself names neither the variable
/// nor a remedy.
/// </summary>
internal static class AwsSettings
{
    private const string Endpoint = "AWS_ENDPOINT_URL";
    private const string IgnoreEndpoints = "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS";
    private const int MaxRegionLength = 63;

    private static readonly string[] Regions = ["AWS_REGION", "AWS_DEFAULT_REGION"];

    /// <summary>Checks the variables that a client reads.</summary>
    /// <param name="client">The interface of the client.</param>
    /// <param name="config">
    /// The settings of the client: variables that they replace are not read. They are <see langword="null"/> if it could not be created.
    /// </param>
    /// <exception cref="PermanentJobException">A variable is invalid.</exception>
    public static void Check(Type client, IClientConfig? config = null)
    {
        if (Find(Regions) is { } region && !IsRegion(region.Value) && (config?.RegionEndpoint?.SystemName ?? region.Value) == region.Value)
        {
            throw new PermanentJobException(
                $"The environment variable {region.Name} is '{Redaction.Value(region.Value)}', which is not the name of an AWS region. "
                + "Set it to a name such as eu-central-1.");
        }

        if (!string.Equals(Read(IgnoreEndpoints), "true", StringComparison.OrdinalIgnoreCase)
            && Find($"{Endpoint}_{ServiceOf(client)}", Endpoint) is { } endpoint && !IsEndpoint(endpoint.Value)
            && (config?.ServiceURL is not { Length: > 0 } url || !IsEndpoint(url)))
        {
            throw new PermanentJobException(
                $"The environment variable {endpoint.Name} is '{Redaction.Value(endpoint.Value)}', which is not the URL of a server. "
                + "Set it to a URL such as http://127.0.0.1:5000, or remove it to use AWS.");
        }
    }

    /// <summary>Finds the variable that has precedence.</summary>
    private static (string Name, string Value)? Find(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (Read(name) is { } value)
            {
                return (name, value);
            }
        }

        return null;
    }

    private static string? Read(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    /// <summary>Gets how the name of a variable ends that is for one service.</summary>
    private static string ServiceOf(Type client) => client.Name switch
    {
        "IAmazonSecurityTokenService" => "STS",
        "IAmazonSimpleSystemsManagement" => "SSM",
        "IAmazonCloudWatchLogs" => "CLOUDWATCH_LOGS",
        "IAmazonSecretsManager" => "SECRETS_MANAGER",
        "IAmazonSimpleNotificationService" => "SNS",
        "IAmazonStepFunctions" => "SFN",
        var name => name.Replace("IAmazon", string.Empty, StringComparison.Ordinal).ToUpperInvariant(),
    };

    /// <summary>Determines whether a text can be a part of a host name. Emulators have regions with names of their own.</summary>
    private static bool IsRegion(string text) =>
        text.Length <= MaxRegionLength && text[0] != '-' && text[^1] != '-'
        && text.All(static one => char.IsAsciiLetterOrDigit(one) || one == '-');

    private static bool IsEndpoint(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.Host.Length > 0;
}

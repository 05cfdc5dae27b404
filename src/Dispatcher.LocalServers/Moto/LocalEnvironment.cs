namespace Dispatcher.LocalServers.Moto;

/// <summary>The environment variables that lead a job to a moto server and nowhere else.</summary>
/// <param name="server">The server.</param>
/// <param name="additional">Variables of the jobs that are set too.</param>
public sealed class LocalEnvironment(MotoServer server, IEnumerable<KeyValuePair<string, string>>? additional = null)
{
    /// <summary>The variables that could lead an AWS client elsewhere, or change what a run does.</summary>
    private static readonly string[] Interfering =
    [
        "AWS_PROFILE", "AWS_DEFAULT_PROFILE", "AWS_SESSION_TOKEN", "AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL_DYNAMODB",
        "AWS_ENDPOINT_URL_SQS", "AWS_ENDPOINT_URL_ECS", "AWS_ENDPOINT_URL_CLOUDFORMATION", "AWS_ENDPOINT_URL_CLOUDWATCH_LOGS",
        "AWS_ENDPOINT_URL_EVENTBRIDGE", "AWS_ENDPOINT_URL_LAMBDA", "AWS_ENDPOINT_URL_SCHEDULER", "AWS_ENDPOINT_URL_STS",
        "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "AWS_USE_FIPS_ENDPOINT", "AWS_USE_DUALSTACK_ENDPOINT", "AWS_WEB_IDENTITY_TOKEN_FILE",
        "DRY_RUN", "MAX_CHANGES", "MAX_CHANGES_PERCENT", "MAX_BYTES", "MAX_CHANGES_PER_SECOND",
    ];

    /// <summary>Gets the variables to set, in the order of interest.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; } = new OrderedDictionary<string, string>(
    [
        new("AWS_ENDPOINT_URL", server.Url),
        new("AWS_ACCESS_KEY_ID", MotoServer.Key),
        new("AWS_SECRET_ACCESS_KEY", MotoServer.Key),
        new("AWS_REGION", MotoServer.Region),

        // Version 1 of the AWS CLI and boto3 read only this one.
        new("AWS_DEFAULT_REGION", MotoServer.Region),
        .. additional ?? [],
    ]);

    /// <summary>Sets the variables in this process, and removes those that lead elsewhere.</summary>
    /// <param name="removed">Variables of the jobs that are removed too.</param>
    public void ApplyToProcess(params IEnumerable<string> removed)
    {
        foreach (var name in Interfering.Concat(removed))
        {
            Environment.SetEnvironmentVariable(name, null);
        }

        // A profile in a file could name an endpoint too.
        Environment.SetEnvironmentVariable("AWS_CONFIG_FILE", Path.Combine(Path.GetTempPath(), "no-aws-config"));
        Environment.SetEnvironmentVariable("AWS_SHARED_CREDENTIALS_FILE", Path.Combine(Path.GetTempPath(), "no-aws-credentials"));
        foreach (var (name, value) in Variables)
        {
            Environment.SetEnvironmentVariable(name, value);
        }
    }
}

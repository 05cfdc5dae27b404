namespace Dispatcher.Http.Secrets;

/// <summary>The places where a secret can be kept.</summary>
public enum SecretStore
{
    /// <summary>An environment variable of the function.</summary>
    Environment,

    /// <summary>AWS Systems Manager Parameter Store, through the Lambda extension.</summary>
    ParameterStore,

    /// <summary>AWS Secrets Manager, through the Lambda extension.</summary>
    SecretsManager,
}

namespace Dispatcher.Http.Secrets;

/// <summary>Says where a secret is kept.</summary>
public enum SecretStore
{
    /// <summary>An environment variable of the function.</summary>
    Environment,

    /// <summary>AWS Systems Manager Parameter Store, through the Lambda extension.</summary>
    ParameterStore,

    /// <summary>AWS Secrets Manager, through the Lambda extension.</summary>
    SecretsManager,
}

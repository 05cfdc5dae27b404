namespace Amazon.Lambda.RuntimeSupport.Bootstrap;

/// <summary>Settings of the loop that serves invocations.</summary>
public class LambdaBootstrapOptions
{
    /// <summary>Gets or sets the host and port of the Lambda Runtime API.</summary>
    /// <value>The default value is null: the environment variable <c>AWS_LAMBDA_RUNTIME_API</c> names it.</value>
    public string RuntimeApiEndpoint { get; set; }
}

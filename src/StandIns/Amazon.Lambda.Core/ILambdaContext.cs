namespace Amazon.Lambda.Core;

/// <summary>Describes the running invocation and the function that serves it.</summary>
public interface ILambdaContext
{
    /// <summary>Gets the identifier of this invocation; a retry by the service carries the same one.</summary>
    string AwsRequestId { get; }

    /// <summary>Gets what a mobile application sent about itself; null for other callers.</summary>
    IClientContext ClientContext { get; }

    /// <summary>Gets the name of the function.</summary>
    string FunctionName { get; }

    /// <summary>Gets the version of the function, <c>$LATEST</c> or a number.</summary>
    string FunctionVersion { get; }

    /// <summary>Gets the Cognito identity of the caller, where there is one.</summary>
    ICognitoIdentity Identity { get; }

    /// <summary>Gets the ARN by which the function was called: with a version or an alias if the caller named one.</summary>
    string InvokedFunctionArn { get; }

    /// <summary>Gets the logger that writes to the function's log stream.</summary>
    ILambdaLogger Logger { get; }

    /// <summary>Gets the name of the CloudWatch log group.</summary>
    string LogGroupName { get; }

    /// <summary>Gets the name of the CloudWatch log stream of this execution environment.</summary>
    string LogStreamName { get; }

    /// <summary>Gets the configured memory, in MiB.</summary>
    int MemoryLimitInMB { get; }

    /// <summary>Gets the time that is left until the service cuts the invocation off.</summary>
    TimeSpan RemainingTime { get; }

    /// <summary>Gets the tenant of the invocation.</summary>
    /// <value>The default value is the empty string.</value>
    string TenantId => string.Empty;

    /// <summary>Gets the X-Ray trace header of the invocation.</summary>
    /// <value>The default value is the empty string.</value>
    string TraceId => string.Empty;

    /// <summary>Gets the serializer that the function was started with.</summary>
    /// <value>The default value is null.</value>
    ILambdaSerializer Serializer => null;
}

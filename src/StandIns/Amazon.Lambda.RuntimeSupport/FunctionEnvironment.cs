#nullable enable
using System.Globalization;
using Amazon.Lambda.RuntimeSupport.Bootstrap;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>What the execution environment says about the function.</summary>
/// <remarks>See "Defined runtime environment variables" in the AWS Lambda developer guide.</remarks>
internal sealed record FunctionEnvironment(
    string RuntimeApi, string? FunctionName, string? FunctionVersion, int MemoryLimitInMB, string? LogGroupName, string? LogStreamName)
{
    private const string RuntimeApiVariable = "AWS_LAMBDA_RUNTIME_API";

    public static FunctionEnvironment Read(LambdaBootstrapOptions? options)
    {
        var runtimeApi = options?.RuntimeApiEndpoint is { Length: > 0 } endpoint ? endpoint : Variable(RuntimeApiVariable);
        if (string.IsNullOrEmpty(runtimeApi))
        {
            throw new InvalidOperationException(
                $"The environment variable {RuntimeApiVariable} is not set, so there are no invocations to serve. AWS Lambda sets it; "
                + "to run the function elsewhere, start a Lambda Runtime API emulator and set it to that emulator's host:port.");
        }

        _ = int.TryParse(Variable("AWS_LAMBDA_FUNCTION_MEMORY_SIZE"), NumberStyles.None, CultureInfo.InvariantCulture, out var memory);
        return new FunctionEnvironment(
            runtimeApi,
            Variable("AWS_LAMBDA_FUNCTION_NAME"),
            Variable("AWS_LAMBDA_FUNCTION_VERSION"),
            memory,
            Variable("AWS_LAMBDA_LOG_GROUP_NAME"),
            Variable("AWS_LAMBDA_LOG_STREAM_NAME"));
    }

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name);
}

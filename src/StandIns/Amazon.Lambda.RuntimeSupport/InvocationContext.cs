#nullable enable
using System.Globalization;
using System.Net.Http.Headers;
using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>The context of one invocation: the headers of the event and the environment of the function.</summary>
internal sealed class InvocationContext : ILambdaContext
{
    private readonly FunctionEnvironment _environment;
    private readonly DateTimeOffset _deadline;

    public InvocationContext(FunctionEnvironment environment, HttpResponseHeaders headers, ILambdaSerializer? serializer, ConsoleLog log)
    {
        _environment = environment;
        AwsRequestId = Header(headers, "Lambda-Runtime-Aws-Request-Id")
            ?? throw new HttpRequestException("The Lambda Runtime API sent an event without the header Lambda-Runtime-Aws-Request-Id.");
        InvokedFunctionArn = Header(headers, "Lambda-Runtime-Invoked-Function-Arn");
        TraceId = Header(headers, "Lambda-Runtime-Trace-Id");
        TenantId = Header(headers, "Lambda-Runtime-Aws-Tenant-Id");
        ClientContext = MobileClientContext.Parse(Header(headers, "Lambda-Runtime-Client-Context"));
        Identity = CallerIdentity.Parse(Header(headers, "Lambda-Runtime-Cognito-Identity"));
        Serializer = serializer;
        Logger = new ConsoleLambdaLogger(log);
        _ = long.TryParse(
            Header(headers, "Lambda-Runtime-Deadline-Ms"), NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds);
        _deadline = DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
    }

    public string AwsRequestId { get; }

    public IClientContext ClientContext { get; }

    public string? FunctionName => _environment.FunctionName;

    public string? FunctionVersion => _environment.FunctionVersion;

    public ICognitoIdentity Identity { get; }

    public string? InvokedFunctionArn { get; }

    public ILambdaLogger Logger { get; }

    public string? LogGroupName => _environment.LogGroupName;

    public string? LogStreamName => _environment.LogStreamName;

    public int MemoryLimitInMB => _environment.MemoryLimitInMB;

    public TimeSpan RemainingTime => _deadline - DateTimeOffset.UtcNow;

    public string? TenantId { get; }

    public string? TraceId { get; }

    public ILambdaSerializer? Serializer { get; }

    private static string? Header(HttpResponseHeaders headers, string name) =>
        headers.TryGetValues(name, out var values) ? values.First() : null;
}

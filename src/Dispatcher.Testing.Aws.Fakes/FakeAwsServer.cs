using Dispatcher.Testing.Aws.Fakes.Http;

namespace Dispatcher.Testing.Aws.Fakes;

/// <summary>
/// The fakes behind an address of this machine, for any client: the AWS CLI, boto3, a function in another process. Stops when it is
/// disposed of. The access key of a client names the <see cref="Calls.FakeCaller"/> in the log of changes.
/// </summary>
public sealed class FakeAwsServer : IDisposable
{
    private readonly FakeListener _listener;

    internal FakeAwsServer(FakeListener listener) => _listener = listener;

    /// <summary>Gets the address, which serves all services: <c>http://127.0.0.1:40123</c>.</summary>
    public Uri Url => _listener.Url;

    /// <summary>Gets the environment variables that lead a process's clients here.</summary>
    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>
    {
        ["AWS_ENDPOINT_URL"] = Url.ToString().TrimEnd('/'),
        ["AWS_ACCESS_KEY_ID"] = "fake",
        ["AWS_SECRET_ACCESS_KEY"] = "fake",
        ["AWS_REGION"] = "us-east-1",
        ["AWS_DEFAULT_REGION"] = "us-east-1",
    };

    /// <inheritdoc />
    public void Dispose() => _listener.Dispose();
}

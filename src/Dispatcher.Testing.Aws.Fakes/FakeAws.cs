using System.Collections.Concurrent;
using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.SQS;
using Dispatcher.Testing.Aws.Fakes.Calls;
using Dispatcher.Testing.Aws.Fakes.DynamoDb;
using Dispatcher.Testing.Aws.Fakes.Http;
using Dispatcher.Testing.Aws.Fakes.S3;
using Dispatcher.Testing.Aws.Fakes.Sqs;

namespace Dispatcher.Testing.Aws.Fakes;

/// <summary>
/// S3, DynamoDB and SQS in memory, behind the real clients and their real protocols: in the same process (<see cref="CreateS3"/>) or as an
/// HTTP server (<see cref="Listen"/>). Requests fail in every way that <see cref="Faults"/> asks for; each change that was made is in a
/// log. What is not supported fails with <see cref="NotSupportedException"/>, over HTTP with status 501, never with a wrong answer.
/// </summary>
public sealed class FakeAws
{
    private static int _clients;

    private readonly FakeWorld _world;
    private readonly ConcurrentDictionary<string, FakeCaller> _callers = new(StringComparer.Ordinal);

    /// <summary>Creates empty services.</summary>
    /// <param name="clock">The services' clock; that of the system if it is left out.</param>
    public FakeAws(TimeProvider? clock = null)
    {
        _world = new FakeWorld(clock ?? TimeProvider.System);
        S3 = new FakeS3(_world);
        DynamoDb = new FakeDynamoDb(_world);
        Sqs = new FakeSqs(_world);
    }

    /// <summary>Gets the services' clock.</summary>
    public TimeProvider Clock => _world.Clock;

    /// <summary>Gets what S3 holds.</summary>
    public FakeS3 S3 { get; }

    /// <summary>Gets what DynamoDB holds.</summary>
    public FakeDynamoDb DynamoDb { get; }

    /// <summary>Gets what SQS holds.</summary>
    public FakeSqs Sqs { get; }

    /// <summary>Gets the faults that requests meet.</summary>
    public FakeFaults Faults => _world.Faults;

    /// <summary>
    /// Gets or sets a hook that is called before each request is executed. It returns how the request fails, and may wait.
    /// </summary>
    public Func<FakeCall, ValueTask<FakeFault>>? BeforeCall
    {
        get => _world.BeforeCall;
        set => _world.BeforeCall = value;
    }

    /// <summary>Gets or sets a hook that is called after each request was executed, before it is answered. It may wait.</summary>
    public Func<FakeCall, ValueTask>? AfterCall
    {
        get => _world.AfterCall;
        set => _world.AfterCall = value;
    }

    /// <summary>Gets the changes that were made so far, in order. A request that left everything as it was is not among them.</summary>
    public IReadOnlyList<FakeMutation> Mutations => _world.Mutations;

    /// <summary>Gets how many requests have arrived.</summary>
    public int Calls => _world.Calls;

    /// <summary>Starts an HTTP server for these services on a free port of 127.0.0.1.</summary>
    /// <returns>The server.</returns>
    public FakeAwsServer Listen() => new(new FakeListener(_world, ServiceOf, Caller));

    /// <summary>Gets the caller with a name: over HTTP, the access key of its clients.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The caller, always the same for a name.</returns>
    public FakeCaller Caller(string name) => _callers.GetOrAdd(name, static name => new FakeCaller(name));

    /// <summary>Creates a client of S3 in this process. Its pauses between attempts are taken on the caller's clock.</summary>
    /// <param name="caller">Who uses it.</param>
    /// <param name="configure">Changes the client's configuration.</param>
    /// <returns>The client.</returns>
    public AmazonS3Client CreateS3(FakeCaller? caller = null, Action<AmazonS3Config>? configure = null)
    {
        caller ??= Caller("test");
        var config = new AmazonS3Config { ForcePathStyle = true };
        Configure(config, S3, caller);
        configure?.Invoke(config);
        return ClockedRetryPolicy.Install(new AmazonS3Client(new AnonymousAWSCredentials(), config), caller.Clock ?? Clock);
    }

    /// <summary>Creates a client of DynamoDB in this process. Its pauses between attempts are taken on the caller's clock.</summary>
    /// <param name="caller">Who uses it.</param>
    /// <param name="configure">Changes the client's configuration.</param>
    /// <returns>The client.</returns>
    public AmazonDynamoDBClient CreateDynamoDb(FakeCaller? caller = null, Action<AmazonDynamoDBConfig>? configure = null)
    {
        caller ??= Caller("test");
        var config = new AmazonDynamoDBConfig();
        Configure(config, DynamoDb, caller);
        configure?.Invoke(config);
        return ClockedRetryPolicy.Install(new AmazonDynamoDBClient(new AnonymousAWSCredentials(), config), caller.Clock ?? Clock);
    }

    /// <summary>Creates a client of SQS in this process. Its pauses between attempts are taken on the caller's clock.</summary>
    /// <param name="caller">Who uses it.</param>
    /// <param name="configure">Changes the client's configuration.</param>
    /// <returns>The client.</returns>
    public AmazonSQSClient CreateSqs(FakeCaller? caller = null, Action<AmazonSQSConfig>? configure = null)
    {
        caller ??= Caller("test");
        var config = new AmazonSQSConfig();
        Configure(config, Sqs, caller);
        configure?.Invoke(config);
        return ClockedRetryPolicy.Install(new AmazonSQSClient(new AnonymousAWSCredentials(), config), caller.Clock ?? Clock);
    }

    private void Configure(ClientConfig config, IFakeService service, FakeCaller caller)
    {
        // An address that no other client has: the SDK keeps one budget of retries for each address in a process.
        config.ServiceURL = $"http://client-{Interlocked.Increment(ref _clients)}.fake";
        config.AuthenticationRegion = "us-east-1";
        config.HttpClientFactory = new FakeHttpClientFactory(new HttpClient(new FakeHandler(_world, service, caller)));
    }

    private IFakeService ServiceOf(FakeRequest request) => request.Headers.GetValueOrDefault("X-Amz-Target") switch
    {
        { } target when target.StartsWith(FakeDynamoDb.TargetPrefix, StringComparison.Ordinal) => DynamoDb,
        { } target when target.StartsWith(FakeSqs.TargetPrefix, StringComparison.Ordinal) => Sqs,
        null => S3,
        { } target => throw new NotSupportedException($"{target} is not supported: there are S3, DynamoDB and SQS."),
    };
}

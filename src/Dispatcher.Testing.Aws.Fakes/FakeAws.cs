using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Amazon.S3;
using Dispatcher.Testing.Aws.Fakes.Calls;
using Dispatcher.Testing.Aws.Fakes.DynamoDb;
using Dispatcher.Testing.Aws.Fakes.Http;
using Dispatcher.Testing.Aws.Fakes.S3;

namespace Dispatcher.Testing.Aws.Fakes;

/// <summary>
/// S3 and DynamoDB in memory, behind the real clients and their real protocols. Hooks around each request let a test act between any two
/// of them, and let requests fail in every way; each change that was made is in a log. What is not supported fails with
/// <see cref="NotSupportedException"/>, never with a wrong answer.
/// </summary>
public sealed class FakeAws
{
    private static int _clients;

    private readonly Lock _lock = new();
    private readonly List<FakeMutation> _mutations = [];
    private int _calls;

    /// <summary>Creates an empty world.</summary>
    /// <param name="clock">The services' clock.</param>
    public FakeAws(TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);

        Clock = clock;
        S3 = new FakeS3(this);
        DynamoDb = new FakeDynamoDb(this);
    }

    /// <summary>Gets the services' clock.</summary>
    public TimeProvider Clock { get; }

    /// <summary>Gets what S3 holds.</summary>
    public FakeS3 S3 { get; }

    /// <summary>Gets what DynamoDB holds.</summary>
    public FakeDynamoDb DynamoDb { get; }

    /// <summary>Gets or sets what is called before a request is executed. It says how the request fails, and may wait.</summary>
    public Func<FakeCall, ValueTask<FakeFault>>? BeforeCall { get; set; }

    /// <summary>Gets or sets what is called after a request was executed, before its answer is on its way. It may wait.</summary>
    public Func<FakeCall, ValueTask>? AfterCall { get; set; }

    /// <summary>Gets the changes that were made so far, in order. A request that left everything as it was is not among them.</summary>
    public IReadOnlyList<FakeMutation> Mutations
    {
        get
        {
            lock (_lock)
            {
                return [.. _mutations];
            }
        }
    }

    /// <summary>Gets how many requests have arrived.</summary>
    public int Calls => Volatile.Read(ref _calls);

    /// <summary>Makes a client of S3. Its pauses between attempts are taken on the caller's clock.</summary>
    /// <param name="caller">Who uses it.</param>
    /// <param name="configure">Changes the client's configuration.</param>
    /// <returns>The client.</returns>
    public AmazonS3Client CreateS3(FakeCaller caller, Action<AmazonS3Config>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(caller);

        var config = new AmazonS3Config
        {
            ServiceURL = NewUrl("s3"),
            AuthenticationRegion = "us-east-1",
            ForcePathStyle = true,
            HttpClientFactory = new FakeHttpClientFactory(new HttpClient(new FakeHandler(this, S3, caller))),
        };
        configure?.Invoke(config);
        return ClockedRetryPolicy.Install(new AmazonS3Client(new AnonymousAWSCredentials(), config), caller.Clock ?? Clock);
    }

    /// <summary>Makes a client of DynamoDB. Its pauses between attempts are taken on the caller's clock.</summary>
    /// <param name="caller">Who uses it.</param>
    /// <param name="configure">Changes the client's configuration.</param>
    /// <returns>The client.</returns>
    public AmazonDynamoDBClient CreateDynamoDb(FakeCaller caller, Action<AmazonDynamoDBConfig>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(caller);

        var config = new AmazonDynamoDBConfig
        {
            ServiceURL = NewUrl("dynamodb"),
            AuthenticationRegion = "us-east-1",
            HttpClientFactory = new FakeHttpClientFactory(new HttpClient(new FakeHandler(this, DynamoDb, caller))),
        };
        configure?.Invoke(config);
        return ClockedRetryPolicy.Install(new AmazonDynamoDBClient(new AnonymousAWSCredentials(), config), caller.Clock ?? Clock);
    }

    internal int NextCall() => Interlocked.Increment(ref _calls);

    /// <summary>Executes one request at a time.</summary>
    internal T Locked<T>(Func<T> execute)
    {
        lock (_lock)
        {
            return execute();
        }
    }

    /// <summary>Notes a change. To be called by what runs in <see cref="Locked{T}"/>.</summary>
    internal void Note(FakeCall call, string operation, string target, string? detail = null) =>
        _mutations.Add(new FakeMutation(_mutations.Count + 1, call, operation, target, detail));

    /// <summary>Makes an address that no other client has: the SDK keeps one budget of retries for each address in a process.</summary>
    private static string NewUrl(string service) => $"http://{service}-{Interlocked.Increment(ref _clients)}.fake";
}

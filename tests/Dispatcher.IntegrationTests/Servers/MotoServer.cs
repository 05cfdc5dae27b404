using System.ComponentModel;
using System.Diagnostics;
using System.Text.RegularExpressions;
using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Amazon.S3;

namespace Dispatcher.IntegrationTests.Servers;

/// <summary>A moto server on a free loopback port, shared by all tests of a run.</summary>
public sealed partial class MotoServer : IAsyncDisposable
{
    private const string Remedy = "Install it with: pip install 'moto[server]==5.2.1'";

    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    private MotoServer(Process process)
    {
        _process = process;
    }

    /// <summary>Gets the address, for example <c>http://127.0.0.1:40123</c>.</summary>
    public string Url { get; private set; } = string.Empty;

    /// <summary>Gets credentials that moto takes; it takes all.</summary>
    public static AWSCredentials Credentials { get; } = new BasicAWSCredentials("testing", "testing");

    /// <summary>Starts a server and waits until it answers.</summary>
    /// <returns>The server.</returns>
    /// <exception cref="AssertionException">There is no moto, or it does not start.</exception>
    public static async Task<MotoServer> StartAsync()
    {
        // With port 0 the server chooses a free one and says which.
        var start = new ProcessStartInfo("moto_server", ["-H", "127.0.0.1", "-p", "0"])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,

            // Holds sitecustomize.py, without which moto takes minutes for the tests' transactions.
            Environment = { ["PYTHONPATH"] = Path.Combine(AppContext.BaseDirectory, "moto") },
        };
        var process = new Process { StartInfo = start };
        var url = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += (_, line) => LookForUrl(line.Data, url);
        try
        {
            process.Start();
        }
        catch (Win32Exception exception)
        {
            process.Dispose();
            throw new AssertionException($"moto_server does not start: {exception.Message}. {Remedy}");
        }

        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var server = new MotoServer(process);
        try
        {
            server.Url = await url.Task.WaitAsync(StartTimeout);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Makes a client of S3.</summary>
    /// <param name="network">What the requests go through; the SDK's own connections where it is left out.</param>
    /// <returns>The client.</returns>
    public AmazonS3Client CreateS3(HttpClientFactory? network = null) =>
        new(Credentials, new AmazonS3Config { ServiceURL = Url, AuthenticationRegion = "us-east-1", HttpClientFactory = network });

    /// <summary>Makes a client of DynamoDB.</summary>
    /// <param name="network">What the requests go through; the SDK's own connections where it is left out.</param>
    /// <returns>The client.</returns>
    public AmazonDynamoDBClient CreateDynamoDb(HttpClientFactory? network = null) =>
        new(Credentials, new AmazonDynamoDBConfig { ServiceURL = Url, AuthenticationRegion = "us-east-1", HttpClientFactory = network });

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static void LookForUrl(string? line, TaskCompletionSource<string> url)
    {
        if (line is null)
        {
            url.TrySetException(new AssertionException($"moto_server ended before it listened. {Remedy}"));
        }
        else if (Address().Match(line) is { Success: true } match)
        {
            url.TrySetResult(match.Value);
        }
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+")]
    private static partial Regex Address();
}

using System.ComponentModel;
using System.Diagnostics;
using System.Text.RegularExpressions;
using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Amazon.S3;

namespace Dispatcher.IntegrationTests.Servers;

/// <summary>Is a moto server on a free loopback port: AWS for the tests. One is shared by all tests of a run.</summary>
public sealed partial class MotoServer : IAsyncDisposable
{
    private const string Remedy = "Install it with: pip install 'moto[server]==5.2.1'";

    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    private MotoServer(Process process, string url)
    {
        _process = process;
        Url = url;
    }

    /// <summary>Gets the address, for example <c>http://127.0.0.1:40123</c>.</summary>
    public string Url { get; }

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
        };
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (Win32Exception exception)
        {
            throw new AssertionException($"moto_server does not start: {exception.Message}. {Remedy}");
        }

        process.OutputDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        return new MotoServer(process, await ReadUrlAsync(process));
    }

    /// <summary>Makes a client of S3.</summary>
    /// <returns>The client.</returns>
    public AmazonS3Client CreateS3() => new(Credentials, new AmazonS3Config { ServiceURL = Url, AuthenticationRegion = "us-east-1" });

    /// <summary>Makes a client of DynamoDB.</summary>
    /// <returns>The client.</returns>
    public AmazonDynamoDBClient CreateDynamoDb() =>
        new(Credentials, new AmazonDynamoDBConfig { ServiceURL = Url, AuthenticationRegion = "us-east-1" });

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static async Task<string> ReadUrlAsync(Process process)
    {
        using var timeout = new CancellationTokenSource(StartTimeout);
        var seen = new List<string>();
        while (await process.StandardError.ReadLineAsync(timeout.Token) is { } line)
        {
            seen.Add(line);
            if (Address().Match(line) is { Success: true } match)
            {
                process.ErrorDataReceived += static (_, _) => { };
                process.BeginErrorReadLine();
                return match.Value;
            }
        }

        throw new AssertionException($"moto_server ended before it listened: {string.Join(' ', seen)} {Remedy}");
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+")]
    private static partial Regex Address();
}

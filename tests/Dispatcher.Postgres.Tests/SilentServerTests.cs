using System.Net;
using System.Net.Sockets;
using Dispatcher.Hosting;
using Dispatcher.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Postgres.Tests;

/// <summary>Connects to a server that accepts the connection and says nothing.</summary>
public sealed class SilentServerTests
{
    [Test]
    public async Task RunAsync_ServerIsSilentForFiveSeconds_IsReported()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var clock = new TestClock();
        await using var harness = new JobHarness(
            builder => builder.AddPostgres().AddJob<ConnectingJob>("connecting"),
            new Dictionary<string, string?> { ["DATABASE_URL"] = $"postgres://me:secret@127.0.0.1:{port}/db", ["Retry:MaxAttempts"] = "1" },
            clock);
        var run = harness.RunAsync("""{"job":"connecting"}""");
        using var connection = await listener.AcceptTcpClientAsync();

        clock.Advance(TimeSpan.FromSeconds(5));
        connection.Close();

        await run;
        Assert.That(
            harness.Logs.Lines,
            Has.One.Contains($"PostgreSQL (database 'db' on 127.0.0.1:{port} as user 'me') has not answered for 5 s. "
                + "The connection is still being waited for."));
    }

    [Test]
    public async Task RunAsync_ServerNeverAnswers_IsToldAfterTwoSecondsAndGivenUpAfterTen()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var server = $"database 'db' on {listener.LocalEndpoint} as user 'me'";
        var clock = new TestClock();
        await using var harness = Harness($"postgres://me:secret@{listener.LocalEndpoint}/db", clock);
        var run = harness.RunAsync("""{"job":"connecting"}""");
        using var connection = await listener.AcceptTcpClientAsync();

        clock.Advance(TimeSpan.FromSeconds(2));
        Assert.That(harness.Logs.Lines, Has.One.Contains($"Waiting for PostgreSQL, {server} (2 s). It is given up after 10 s."));
        clock.Advance(TimeSpan.FromSeconds(8));

        var record = await run;
        Assert.That(record.Summary, Is.EqualTo(
            $"PostgreSQL, {server}, cannot be reached: given up after 10 s without an answer. Check host, port and network."));
        Assert.That(record.Attempts, Is.EqualTo(1));
    }

    [Test]
    public async Task RunAsync_ServerRefuses_IsTriedAgainOnlyWhileTheTimeLasts()
    {
        var clock = new TestClock();
        await using var harness = Harness($"postgres://me:secret@127.0.0.1:{FreePort()}/db", clock);
        var run = harness.RunAsync("""{"job":"connecting"}""");

        // The timers of the connection would be taken for the pause before the next attempt.
        while (!harness.Logs.Lines.Any(line => line.Contains("Attempt 1 ", StringComparison.Ordinal)))
        {
            await Task.Yield();
        }

        await clock.WhenTimersWaitAsync(1);

        clock.Advance(TimeSpan.FromSeconds(9));

        var record = await run;
        Assert.That(record.Summary, Does.StartWith("Cannot reach database 'db' on 127.0.0.1:").And.Contain("ConnectionRefused"));
        Assert.That(record.Attempts, Is.EqualTo(2), "of the three that are allowed");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static JobHarness Harness(string url, TestClock clock) => new(
        builder =>
        {
            builder.Services.AddSingleton(new FirstAnswerLimit(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(2), clock));
            builder.AddPostgres().AddJob<ConnectingJob>("connecting");
        },
        new Dictionary<string, string?> { ["DATABASE_URL"] = url, ["Retry:MaxAttempts"] = "3", ["Retry:BaseDelaySeconds"] = "1" },
        clock);

    private sealed class ConnectingJob(PostgresDatabase database) : IMaintenanceJob
    {
        public async Task<JobResult> RunAsync(JobContext context, CancellationToken cancellationToken)
        {
            await using var transaction = await database.BeginAsync(context, new PostgresSessionOptions(), cancellationToken);
            return JobResult.Succeeded("Connected.");
        }
    }
}

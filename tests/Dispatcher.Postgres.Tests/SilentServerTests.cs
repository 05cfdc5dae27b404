using System.Net;
using System.Net.Sockets;
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

    private sealed class ConnectingJob(PostgresDatabase database) : IMaintenanceJob
    {
        public async Task<JobResult> RunAsync(JobContext context, CancellationToken cancellationToken)
        {
            await using var transaction = await database.BeginAsync(context, new PostgresSessionOptions(), cancellationToken);
            return JobResult.Succeeded("Connected.");
        }
    }
}

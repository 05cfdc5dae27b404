using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;

namespace Dispatcher.IntegrationTests.Messages.Celery;

/// <summary>A real Celery worker on moto's SQS that notes every call of <c>tests.note</c>.</summary>
internal sealed class CeleryWorker : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly Process _process;
    private readonly string _output;
    private readonly ConcurrentQueue<string> _log = new();

    private CeleryWorker(Process process, string output)
    {
        _process = process;
        _output = output;
        process.OutputDataReceived += (_, line) => _log.Enqueue(line.Data ?? string.Empty);
        process.ErrorDataReceived += (_, line) => _log.Enqueue(line.Data ?? string.Empty);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public bool IsAlive => !_process.HasExited;

    public string Log => string.Join(Environment.NewLine, _log);

    public static async Task<CeleryWorker> StartAsync(Uri moto, string queue)
    {
        await Python.EnsureCeleryAsync();
        var output = Path.Combine(Path.GetTempPath(), $"celery-{Guid.NewGuid():n}.jsonl");
        var process = Python.Start(
            ["-m", "celery", "-A", "worker_tasks", "worker", "--pool", "solo", "--loglevel", "INFO", "--without-gossip",
                "--without-mingle", "--without-heartbeat"],
            new Dictionary<string, string>
            {
                ["TEST_BROKER_URL"] = $"sqs://testing:testing@{moto.Authority}",
                ["TEST_QUEUE"] = queue,
                ["TEST_OUTPUT"] = output,
                ["AWS_ACCESS_KEY_ID"] = "testing",
                ["AWS_SECRET_ACCESS_KEY"] = "testing",
                ["AWS_DEFAULT_REGION"] = "us-east-1",
            });
        return new CeleryWorker(process, output);
    }

    /// <summary>Waits until the worker has made a number of calls.</summary>
    public async Task<IReadOnlyList<JsonElement>> WaitForCallsAsync(int count)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (true)
        {
            var calls = ReadCalls();
            if (calls.Count >= count)
            {
                return calls;
            }

            try
            {
                await timer.WaitForNextTickAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                throw new AssertionException($"The worker made {calls.Count} of {count} calls in {Patience}. "
                    + $"Its log:{Environment.NewLine}{Log}");
            }
        }
    }

    public IReadOnlyList<JsonElement> ReadCalls() =>
        File.Exists(_output)
            ? [.. File.ReadAllText(_output).Split('\n')[..^1].Select(line => JsonDocument.Parse(line).RootElement)]
            : [];

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        File.Delete(_output);
    }
}

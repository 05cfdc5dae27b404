using System.Globalization;
using System.Text.Json;
using Amazon.Lambda.Core;
using Dispatcher.Hosting;
using Dispatcher.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Moq;

namespace Dispatcher.Lambda.Tests;

/// <summary>
/// Several functions that share a run store, and a queue that delivers each slot in several messages at once. A message that goes back to
/// the queue is delivered again, until none is left.
/// </summary>
internal sealed class SlotDeliveries : IAsyncDisposable
{
    /// <summary>The number of messages of each slot.</summary>
    public const int Messages = 20;

    /// <summary>The number of slots in the tests of each build.</summary>
    public const int Slots = 20;

    private const int Functions = 4;

    private readonly MemoryRunStore _store;
    private readonly CapturedOutput _output = new();
    private readonly ServiceProvider[] _functions;
    private TaskCompletionSource _progress = NewProgress();
    private int _invocations;

    public SlotDeliveries(
        Action<IDispatcherBuilder> jobs,
        Action<IServiceCollection>? configure = null,
        TimeProvider? timeProvider = null,
        params (string Key, string? Value)[] settings)
    {
        timeProvider ??= TimeProvider.System;
        _store = new MemoryRunStore(timeProvider);
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.ToDictionary(static setting => setting.Key, static setting => setting.Value)).Build();
        _functions = [.. Enumerable.Range(0, Functions).Select(_ => FunctionServices.Build(jobs, services =>
        {
            services.AddSingleton<IConfiguration>(configuration);
            services.AddSingleton(timeProvider);
            services.AddSingleton(_output.Output);
            services.AddSingleton<IRunStore>(_store);
            services.AddSingleton<IRunSink>(_store);
            configure?.Invoke(services);
        }))];
    }

    /// <summary>Gets the number of slots in the tests that are run by request: <c>SOAK_COUNT</c>, or 1,000.</summary>
    public static int ManySlots =>
        int.TryParse(Environment.GetEnvironmentVariable("SOAK_COUNT"), CultureInfo.InvariantCulture, out var count) ? count : 1_000;

    /// <summary>Delivers slots until every message is done.</summary>
    /// <param name="slots">How many.</param>
    /// <param name="payload">Creates the payload of a slot, with its id.</param>
    /// <param name="atOnce">How many slots are delivered at once.</param>
    /// <returns>The records of the runs that were not skipped, by slot.</returns>
    public async Task<ILookup<string, RunRecord>> DeliverAsync(int slots, Func<int, string> payload, int atOnce = 4)
    {
        await Parallel.ForAsync(0, slots, new ParallelOptions { MaxDegreeOfParallelism = atOnce }, async (slot, _) =>
        {
            var body = payload(slot);
            await Task.WhenAll(Enumerable.Range(0, Messages).Select(message => Task.Run(() => DeliverAsync($"{slot}-{message}", body))));
        });

        var ran = new List<RunRecord>();
        await foreach (var record in _store.ListAsync(new RunQuery()))
        {
            if (record.Status != JobStatus.Skipped)
            {
                ran.Add(record);
            }
        }

        await TestContext.Out.WriteLineAsync(
            $"figures: {slots:N0} slots, {slots * Messages:N0} messages, {_invocations:N0} invocations, {ran.Count:N0} runs not skipped");
        return ran.ToLookup(static record => record.Slot!);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var function in _functions)
        {
            await function.DisposeAsync();
        }

        _output.Dispose();
    }

    private static TaskCompletionSource NewProgress() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static string Event(string messageId, string body) => JsonSerializer.Serialize(new
    {
        Records = new[]
        {
            new
            {
                messageId,
                body,
                attributes = new Dictionary<string, string> { ["ApproximateReceiveCount"] = "1" },
                eventSource = "aws:sqs",
                eventSourceARN = "arn:aws:sqs:us-east-1:123456789012:jobs",
            },
        },
    });

    private async Task DeliverAsync(string messageId, string body)
    {
        var payload = JsonElement.Parse(Event(messageId, body));
        while (true)
        {
            var progress = Volatile.Read(ref _progress);
            var function = _functions[Interlocked.Increment(ref _invocations) % Functions].GetRequiredService<LambdaEntryPoint>();
            var answer = await function.HandleAsync(payload, new Mock<ILambdaContext>().Object);
            if (answer.GetProperty("batchItemFailures").GetArrayLength() == 0)
            {
                Interlocked.Exchange(ref _progress, NewProgress()).SetResult();
                return;
            }

            // It went back because another run is at work. When a message is done, it may have been that run's.
            await progress.Task;
        }
    }
}

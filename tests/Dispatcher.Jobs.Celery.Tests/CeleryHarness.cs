using Amazon.SQS;
using Dispatcher.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Jobs.Celery.Tests;

internal static class CeleryHarness
{
    public static JobHarness Create(FakeQueue queue, params (string Key, string? Value)[] settings) =>
        Create(queue, new TestClock(), settings);

    public static JobHarness Create(FakeQueue queue, TimeProvider clock, params (string Key, string? Value)[] settings)
    {
        var configuration = new Dictionary<string, string?> { ["CELERY_QUEUE_URL"] = FakeQueue.Url, ["Retry:BaseDelaySeconds"] = "0" };
        foreach (var (key, value) in settings)
        {
            configuration[key] = value;
        }

        return new JobHarness(
            builder =>
            {
                builder.Services.AddSingleton<IAmazonSQS>(queue.Client);
                builder.AddCeleryEnqueue();
            },
            configuration,
            clock);
    }

    public static string PayloadOf(string parameters, string around = "") =>
        $$"""{"job":"celery-enqueue",{{around}}"parameters":{{parameters}}}""";
}

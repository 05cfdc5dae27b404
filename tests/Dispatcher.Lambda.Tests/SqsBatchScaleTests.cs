using System.Text;
using Amazon.Lambda.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Moq;

namespace Dispatcher.Lambda.Tests;

/// <summary>Counts what a batch costs for each of its messages: SQS delivers up to 10,000 at once.</summary>
[NonParallelizable]
public sealed class SqsBatchScaleTests
{
    private const int Few = 1_000;

    [TestCase("""{"job":"probe"}""", true, 50_000)]
    [TestCase("""{"job":"broken"}""", false, 50_000)]
    [TestCase("""{"job":"prob"}""", false, 12_000)]
    [TestCase("{", false, 12_000)]
    public async Task HandleAsync_TenTimesAsManyMessages_CostTenTimesAsMuch(string body, bool done, int most)
    {
        await CountAsync(10, body);
        var few = await CountAsync(Few, body);
        var twice = await CountAsync(2 * Few, body);
        var many = await CountAsync(10 * Few, body);

        await TestContext.Out.WriteLineAsync(
            $"{body}: {few.Bytes / Few}, {twice.Bytes / (2 * Few)}, {many.Bytes / (10 * Few)} bytes for each of 1,000, 2,000, 10,000");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(many.Failures, Is.EqualTo(done ? 0 : 10 * Few));
            Assert.That(many.Lines - few.Lines, Is.EqualTo((twice.Lines - few.Lines) * 9), "lines of each message");
            Assert.That(twice.Bytes, Is.LessThan(2 * few.Bytes * 1.25));
            Assert.That(many.Bytes, Is.LessThan(10 * few.Bytes * 1.25));
            Assert.That(many.Bytes / (10 * Few), Is.LessThan(most));
        }
    }

    private static async Task<(long Bytes, int Lines, int Failures)> CountAsync(int messages, string body)
    {
        var output = new CountingStream();
        await using var services = Build(output);
        var entryPoint = services.GetRequiredService<LambdaEntryPoint>();
        var context = Mock.Of<ILambdaContext>(
            static context => context.AwsRequestId == "request-1" && context.RemainingTime == TimeSpan.FromMinutes(15));
        using var payload = new MemoryStream(Encoding.UTF8.GetBytes(Batch(messages, body)));

        var before = GC.GetTotalAllocatedBytes(precise: true);
        var answer = await entryPoint.HandleAsync(payload, context);
        var bytes = GC.GetTotalAllocatedBytes(precise: true) - before;

        return (bytes, output.Lines, answer.GetProperty("batchItemFailures").GetArrayLength());
    }

    private static ServiceProvider Build(Stream output)
    {
        var services = new ServiceCollection();
        services.AddSingleton(new LambdaOutput(output));
        services.AddSingleton(new ProbeBehaviour
        {
            Run = static (context, _) => Task.FromResult(
                context.Job == "probe" ? JobResult.Succeeded("Done.") : JobResult.Failed("It broke.")),
        });
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddMaintenanceDispatcher()
            .UseStandardMiddleware()
            .AddJob<ProbeJob>("probe")
            .AddJob<ProbeJob>("broken")
            .AddLambdaHost().AddRunLines().AddAuditLines().AddEmfMetrics().AddLogLines();
        return services.BuildServiceProvider();
    }

    private static string Batch(int messages, string body)
    {
        var text = body.Replace("\"", "\\\"", StringComparison.Ordinal);
        var records = Enumerable.Range(0, messages).Select(index =>
            $$"""
            {"messageId":"{{index}}","eventSource":"aws:sqs","eventSourceARN":"arn:aws:sqs:eu-central-1:1:jobs","body":"{{text}}"}
            """);
        return $$"""{"Records":[{{string.Join(',', records)}}]}""";
    }
}

using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Amazon.Lambda.Core;
using Dispatcher.Hosting;
using Dispatcher.Lambda;
using Dispatcher.Text;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Moq;

namespace Dispatcher.Function.Tests.Hostile;

/// <summary>
/// Hands the function payloads that nobody sends in good faith. Whatever arrives, the answer is JSON or an exception in the dispatcher's
/// words, no job runs that is not named, nothing from the payload begins a line, and memory stays in proportion.
/// </summary>
[NonParallelizable]
public sealed class HostilePayloadTests
{
    private const int MaxMessageLength = 8_000;

    private static readonly ILambdaContext Context = Mock.Of<ILambdaContext>(
        static context => context.AwsRequestId == "request-1" && context.RemainingTime == TimeSpan.FromMinutes(5));

    private ServiceProvider _services = null!;
    private MemoryStream _output = null!;
    private ConcurrentQueue<string> _ran = null!;

    [OneTimeSetUp]
    public void SetUp()
    {
        _output = new MemoryStream();
        _ran = new ConcurrentQueue<string>();
        _services = FunctionServices.Build(
            builder =>
            {
                builder.AddMaintenanceJobs();
                foreach (var job in builder.Services.Where(IsJob).ToList())
                {
                    builder.Services.Remove(job);
                    builder.Services.AddKeyedScoped<IMaintenanceJob>(job.ServiceKey, (_, _) => new RecordingJob(_ran));
                }
            },
            services => services
                .AddSingleton<IConfiguration>(new ConfigurationBuilder().Build())
                .AddSingleton(new LambdaOutput(_output)));
    }

    [OneTimeTearDown]
    public async Task TearDown()
    {
        await _services.DisposeAsync();
        await _output.DisposeAsync();
    }

    [Test]
    public void HandleAsync_Generated_AnswersOrRefusesAndRunsNothingElse() => Check(1_000, seed: null);

    [Test]
    [Explicit]
    [Category("Soak")]
    public void HandleAsync_ManyGenerated_AnswersOrRefusesAndRunsNothingElse() => Check(
        int.Parse(Environment.GetEnvironmentVariable("SOAK_COUNT") ?? "10000", CultureInfo.InvariantCulture),
        Environment.GetEnvironmentVariable("SOAK_SEED"));

    [Test]
    public void MayRun_PlainPayload_IsItsJob() =>
        Assert.That(new HostilePayload(Encoding.UTF8.GetBytes("""{"job":"daily-uptime"}""")).MayRun(), Is.EqualTo(new[] { "daily-uptime" }));

    private static bool IsJob(ServiceDescriptor service) => service.ServiceType == typeof(IMaintenanceJob) && service.IsKeyedService;

    private void Check(int count, string? seed)
    {
        var chosen = ulong.TryParse(seed, CultureInfo.InvariantCulture, out var given) ? given : (ulong)Environment.TickCount64;
        TestContext.Out.WriteLine($"{count} payloads, SOAK_SEED={chosen}");
        var outcomes = new ConcurrentDictionary<string, int>();
        Prop.ForAll(
            HostilePayloads.Arbitrary,
            payload => outcomes.AddOrUpdate(HoldsAsync(payload).GetAwaiter().GetResult(), 1, static (_, counted) => counted + 1) > 0)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(count).WithReplay(chosen, 1));
        var counted = string.Join(
            ", ", outcomes.OrderBy(static outcome => outcome.Key).Select(static outcome => $"{outcome.Value} {outcome.Key}"));
        TestContext.Out.WriteLine($"figures: {count} payloads: {counted}, SOAK_SEED={chosen}");
        Assert.That(outcomes.Keys, Is.SupersetOf(new[] { "answered", "refused", "failed" }));
    }

    private async Task<string> HoldsAsync(HostilePayload payload)
    {
        _ran.Clear();
        _output.SetLength(0);
        var before = GC.GetTotalAllocatedBytes();
        var outcome = await InvokeAsync(payload);
        var allocated = GC.GetTotalAllocatedBytes() - before;

        Assert.That(_ran.Where(job => !payload.MayRun().Contains(job)), Is.Empty, "a job by accident");
        var lines = Encoding.UTF8.GetString(_output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        foreach (var line in lines)
        {
            Assert.That(PrintableText.Escape(line), Is.EqualTo(line));
            var json = JsonElement.Parse(line);
            Assert.That(json.TryGetProperty("_aws", out _) && !json.TryGetProperty("Job", out _), Is.False, line);
        }

        Assert.That(allocated, Is.LessThan(4_000_000 + (100 * payload.Utf8.Length)));
        return outcome;
    }

    private async Task<string> InvokeAsync(HostilePayload payload)
    {
        using var stream = new MemoryStream(payload.Utf8);
        try
        {
            var answer = await _services.GetRequiredService<LambdaEntryPoint>().HandleAsync(stream, Context);
            using var written = new MemoryStream();
            new AnswerSerializer().Serialize(answer, written);
            var text = Encoding.UTF8.GetString(written.ToArray());
            Assert.That(PrintableText.Escape(text), Is.EqualTo(text), "the answer");
            return "answered";
        }
        catch (Exception exception) when (exception is JobRequestException or JobFailedException)
        {
            Assert.That(exception.Message, Has.Length.LessThan(MaxMessageLength));
            Assert.That(
                exception.Message.Split(Environment.NewLine),
                Is.All.Matches<string>(static line => PrintableText.Escape(line!) == line && !line!.StartsWith('{')));
            Assert.That(
                exception.Message,
                Does.Not.Contain("System.").And.Not.Contain("BytePositionInLine").And.Not.Contain("InvalidOperationException")
                    .And.Not.Contain("JsonException"));
            return exception is JobRequestException ? "refused" : "failed";
        }
    }
}

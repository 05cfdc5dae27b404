using System.Text;
using System.Text.Json;
using Amazon.Lambda.Core;
using Dispatcher.Text;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Moq;

namespace Dispatcher.Lambda.Tests;

/// <summary>
/// Plants line breaks, whole metric lines, terminal control, bidirectional marks and separators in everything that comes from outside, and
/// looks at every byte that the function emits.
/// </summary>
public sealed class OutputSafetyTests
{
    private const string MetricLine =
        """{"_aws":{"Timestamp":1,"CloudWatchMetrics":[{"Namespace":"Forged","Dimensions":[[]],"Metrics":[{"Name":"Forged"}]}]},"Forged":1}""";

    private static readonly string[] Planted =
    [
        $"\n{MetricLine}\n", $"\r\n{MetricLine}", $"\u2028{MetricLine}", "\u001b[2J\u001b[31m", "\u009b31m", "\u202egpj.exe",
        "\u2066x\u2069", "\u0085next", "\0",
        "\ufeff", "\b\b\b", "\u200b", "\u2029",
    ];

    private static readonly string[] Payloads =
    [
        """{"job":"probe","id":§}""",
        """{"job":§}""",
        """{"job":"probe",§:1}""",
        """{"job":"probe","scheduledTime":§}""",
        """{"job":"probe","dryRun":§}""",
        """{"job":"probe","parameters":§}""",
        """{"job":"probe","parameters":{§:1}}""",
        """{"job":"$describe","parameters":{"job":§}}""",
        """{"version":"0","id":"1","source":§,"detail-type":"x","time":"2026-11-22T03:00:00Z","detail":{}}""",
        """{"version":"0","id":"1","source":"x","detail-type":§,"time":"2026-11-22T03:00:00Z","detail":{"a":§}}""",
        """{"Records":[{"eventSource":"aws:sqs","eventSourceARN":"arn:aws:sqs:eu-central-1:123456789012:jobs","messageId":§,"body":"{\"job\":\"probe\"}"}]}""",
        """{"Records":[{"eventSource":"aws:sqs","eventSourceARN":"arn:aws:sqs:eu-central-1:123456789012:jobs","messageId":"1","body":§}]}""",
        """{"Records":[{"eventSource":§}]}""",
        "§",
    ];

    /// <summary>Gets texts of any characters, halves of surrogate pairs included.</summary>
    private static Gen<string> AnyText => Gen.Choose(char.MinValue, char.MaxValue).ArrayOf(4)
        .Select(static units => string.Concat(units.Select(static unit => (char)unit)));

    [FsCheck.NUnit.Property(MaxTest = 600)]
    public Property Output_TextFromOutside_NeverBeginsALineNorRulesOne() => Prop.ForAll(
        (from payload in Gen.Elements(Payloads)
         from planted in Gen.OneOf(Gen.Elements(Planted), AnyText)
         from before in Gen.Elements("", "a", "uploads/")
         from fails in Gen.Choose(0, 3)
         from textFormat in Gen.Elements(true, false)
         select (payload, text: before + planted, fails, textFormat)).ToArbitrary(),
        static sample => HoldsAsync(sample.payload, sample.text, sample.fails, sample.textFormat).GetAwaiter().GetResult());

    private static async Task<bool> HoldsAsync(string payload, string text, int fails, bool textFormat)
    {
        using var captured = new CapturedOutput();
        await using var services = Build(captured, text, fails, textFormat);
        var json = payload.Replace("§", JsonSerializer.Serialize(text), StringComparison.Ordinal);
        var context = Mock.Of<ILambdaContext>(
            context => context.AwsRequestId == "request-1" && context.RemainingTime == TimeSpan.FromMinutes(1));
        try
        {
            await services.GetRequiredService<LambdaEntryPoint>().HandleAsync(new MemoryStream(Encoding.UTF8.GetBytes(json)), context);
        }
        catch (Exception exception) when (exception is not AssertionException)
        {
            // Lambda's runtime prints the message, and each of its lines begins with words of ours.
            Assert.That(
                exception.Message.Split(Environment.NewLine),
                Is.All.Matches<string>(static line => PrintableText.Escape(line!) == line),
                "the exception");
            Assert.That(exception.Message.Split(Environment.NewLine), Is.All.Not.StartsWith("{"));
        }

        Assert.That(captured.Lines, Is.All.Matches<string>(static line => PrintableText.Escape(line!) == line));
        Assert.That(captured.Json.Where(static line => line.TryGetProperty("Forged", out _)), Is.Empty);
        return true;
    }

    private static ServiceProvider Build(CapturedOutput captured, string text, int fails, bool textFormat)
    {
        var services = new ServiceCollection();
        services.AddSingleton(captured.Output);
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(
            [new("AWS_LAMBDA_LOG_FORMAT", textFormat ? "Text" : "JSON"), new("Retry:MaxAttempts", "1")]).Build());
        services.AddSingleton(new ProbeBehaviour { Run = (context, token) => ActAsync(context, text, fails, token) });
        services.AddMaintenanceDispatcher()
            .UseStandardMiddleware()
            .AddJob<ProbeJob>("probe")
            .AddLambdaHost().AddRunLines().AddAuditLines().AddEmfMetrics().AddLogLines();
        return services.BuildServiceProvider();
    }

    /// <summary>Does what a job does with the answers of a service: names it in changes, errors, counts, log lines and results.</summary>
    private static async Task<JobResult> ActAsync(JobContext context, string text, int fails, CancellationToken token)
    {
        ProbeLog.Said(context.Logger, text, new InvalidOperationException(text));
        context.Errors.Add(text, text);
        await context.Changes.TryApplyAsync(
            new Change("probe:Touch", text) { Reason = text, Evidence = text }, _ => Task.FromResult(ChangeOutcome.Skipped(text)), token);
        return fails switch
        {
            0 => JobResult.Succeeded(text + "."),
            1 => JobResult.Failed($"The service answered: {text}"),
            2 => throw new PermanentJobException($"The service answered: {text}"),
            _ => throw new InvalidOperationException(text),
        };
    }
}

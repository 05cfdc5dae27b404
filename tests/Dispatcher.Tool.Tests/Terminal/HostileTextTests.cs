using System.Globalization;
using System.Text;
using System.Text.Json;
using Dispatcher.Hosting;
using Dispatcher.Testing;
using Dispatcher.Tool.Terminal;
using Microsoft.Extensions.Logging;

namespace Dispatcher.Tool.Tests.Terminal;

/// <summary>
/// Plants characters that begin lines, turn the reading direction or control a terminal in every text that comes from outside, and reads
/// what the commands then write.
/// </summary>
[NonParallelizable]
public sealed class HostileTextTests
{
    private const string Forged = "FORGED";

    private static readonly string[] Marks =
    [
        "\n", "\r", "\r\n", "\t", "\v", "\f", "\u0000", "\u0007", "\b", "\u007F", "\u001b[2J", "\u001b]0;title\u0007", "\u0085",
            "\u009b31m",
        "\u200b", "\u200e", "\u2028", "\u2029", "\u202e", "\u2066", "\ufeff", "\U000e0041",
    ];

    private static readonly string Hostile = $"a{string.Concat(Marks.Select(mark => $"{mark}{Forged} "))}z";

    private TemporaryFolder _folder = null!;
    private string _directory = null!;

    private static IEnumerable<TestCaseData> CommandLines()
    {
        yield return Case("history");
        yield return Case("history", "--json");
        yield return Case("history", Hostile);
        yield return Case("history", "--status", Hostile);
        yield return Case("history", "--since", Hostile);
        yield return Case("show", "feedbeef");
        yield return Case("show", "feedbeef", "--json");
        yield return Case("show", Hostile);
        yield return Case("report");
        yield return Case("report", "--html", "-");
        yield return Case("report", Hostile);
        yield return Case("report", "--time-zone", Hostile);
        yield return Case("schedules", "--template", "my.template");
        yield return Case("schedules", "--template", "my.template", "--json");
        yield return Case("schedules", "--template", Hostile.Replace("\0", string.Empty, StringComparison.Ordinal));
        yield return Case("validate", "my.template");
        yield return Case("validate", "my.template", "--json");
        yield return Case("validate", "payload.json");
        yield return Case("validate", "batch.json");
        yield return Case("invoke", "--event", "payload.json");
        yield return Case("invoke", "--event", "batch.json", "--verbose");
        yield return Case("invoke", "--event", "failing.json", "--verbose");
        yield return Case("run", Hostile);
        yield return Case("run", "http-trigger", "-p", Hostile);
        yield return Case("run", "http-trigger", "-p", $"{Hostile}={Hostile}");
        yield return Case("run", "http-trigger", "--dry-run", "-p", $"url={Hostile}");
        yield return Case("run", "celery-enqueue", "--dry-run", "-p", $"task={Hostile}", "-p", "queueUrl=http://127.0.0.1:9/1/q");
        yield return Case("run", "refresh-materialized-view", "--dry-run", "--verbose", "-p", $"view={Hostile}");
        yield return Case("describe", Hostile);
        yield return Case("list", Hostile);
        yield return Case(Hostile);
        yield return Case("sql", "apply", Hostile.Replace("\0", string.Empty, StringComparison.Ordinal));
    }

    [SetUp]
    public async Task PlantAsync()
    {
        _folder = new TemporaryFolder();
        _directory = Directory.GetCurrentDirectory();
        Directory.SetCurrentDirectory(_folder.Path);
        Directory.CreateDirectory(".local");
        await File.WriteAllBytesAsync(
            ".local/runs.jsonl", [.. RunRecordJson.Serialize(Run()).Span, (byte)'\n', .. "torn"u8]);
        _folder.Write("payload.json", JsonSerializer.Serialize(new Dictionary<string, object>
        {
            ["job"] = Hostile, [Hostile] = 1, ["id"] = Hostile, ["scheduledTime"] = Hostile, ["parameters"] =
                new Dictionary<string, string> { [Hostile] = Hostile },
        }));
        _folder.Write("failing.json", JsonSerializer.Serialize(
            new { job = "http-trigger", id = Hostile, parameters = new { url = "http://127.0.0.1:9/" + Hostile } }));
        _folder.Write("batch.json", JsonSerializer.Serialize(new
        {
            Records = new[] { new { messageId = Hostile, eventSource = "aws:sqs", eventSourceARN = Hostile, body = JsonSerializer.Serialize(
                new { job = Hostile }) } },
        }));
        _folder.Write("my.template", JsonSerializer.Serialize(Template()));
    }

    [TearDown]
    public void Leave()
    {
        Directory.SetCurrentDirectory(_directory);
        _folder.Dispose();
    }

    [TestCaseSource(nameof(CommandLines))]
    public async Task RunAsync_TextFromOutside_NeitherBeginsALineNorControlsTheTerminal(string[] args)
    {
        var terminal = new TestTerminal(width: 100_000);

        await terminal.RunAsync(args);

        var written = $"{terminal.Out}\n{terminal.Error}\n{Encoding.UTF8.GetString(((MemoryStream)terminal.Terminal.RawError).ToArray())}";
        AssertHarmless(written);
        Assert.That(written, Does.Contain("a"), "it says something");
    }

    [Test]
    public void Log_ExceptionWithSuchAMessage_IsHarmless([Values] bool verbose)
    {
        var terminal = new TestTerminal(width: 100_000);
        var logger = new TerminalLogger(terminal.Terminal, verbose);

        try
        {
            throw new InvalidOperationException(Hostile, new IOException(Hostile));
        }
        catch (InvalidOperationException exception)
        {
            logger.Log(LogLevel.Error, new EventId(1), Hostile, exception, static (state, _) => state);
        }

        AssertHarmless(terminal.Error);
        Assert.That(terminal.Error.Contains($"at {typeof(HostileTextTests).FullName}", StringComparison.Ordinal), Is.EqualTo(verbose));
    }

    [Test]
    public async Task HistoryJson_TextFromOutside_ComesBackAsItWas()
    {
        var terminal = new TestTerminal();

        await terminal.RunAsync("history", "--json");

        Assert.That(JsonDocument.Parse(terminal.Out).RootElement[0].GetProperty("summary").GetString(), Is.EqualTo(Hostile));
    }

    private static TestCaseData Case(params string[] args) => new TestCaseData([args])
        .SetArgDisplayNames(string.Join(' ', args.Select(arg => arg.Contains(Forged, StringComparison.Ordinal) ? "HOSTILE" : arg)));

    private static void AssertHarmless(string written)
    {
        foreach (var rune in written.EnumerateRunes().Where(static rune => rune.Value is not ('\n' or '\r')))
        {
            Assert.That(
                Rune.GetUnicodeCategory(rune),
                Is.Not.AnyOf(
                    UnicodeCategory.Control, UnicodeCategory.Format, UnicodeCategory.LineSeparator, UnicodeCategory.ParagraphSeparator),
                $"U+{rune.Value:X4}");
        }

        Assert.That(
            written.Split('\n', '\r').Where(static line => line.TrimStart().StartsWith(Forged, StringComparison.Ordinal)), Is.Empty);
    }

    private static RunRecord Run() => RunRecordBuilder.Create(Hostile, DateTimeOffset.UtcNow.AddHours(-1), JobStatus.Failed) with
    {
        RunId = $"feedbeef{Hostile}",
        Summary = Hostile,
        Attempts = 2,
        Counts = new Dictionary<string, long> { [Hostile] = 3 },
        Changes = new ChangesSummary(2, 1, 1, 10, [new ChangeItem(Hostile, Hostile, Hostile)], true)
        {
            ByAction = new Dictionary<string, long> { [Hostile] = 1 },
        },
        Errors = [new ItemError(Hostile, Hostile)],
        ItemErrorCount = 5,
    };

    private static object Template() => new
    {
        Resources = new Dictionary<string, object>
        {
            ["Function"] = new
            {
                Type = "AWS::Serverless::Function",
                Properties = new
                {
                    Handler = "Dispatcher.Function",
                    Environment = new { Variables = new Dictionary<string, string> { ["RUNS_TABLE"] = Hostile, [Hostile] = Hostile } },
                    Events = new Dictionary<string, object>
                    {
                        [Hostile] = new { Type = "Schedule", Properties = new { Schedule = $"rate(1 {Hostile})", Input = Hostile } },
                        ["Good"] = new { Type = "Schedule",
                            Properties = new { Schedule = "rate(1 hour)", Input = $$"""{"job":"{{Forged}}","x":1}""" } },
                        ["Zone"] = new { Type = "ScheduleV2",
                            Properties = new { ScheduleExpression = "rate(1 hour)", ScheduleExpressionTimezone = Hostile } },
                        ["Queue"] = new { Type = "SQS", Properties = new { Queue = Hostile } },
                        ["Rule"] = new { Type = "EventBridgeRule", Properties = new { EventBusName = Hostile,
                            Pattern = new Dictionary<string, string[]> { [Hostile] = [Hostile] } } },
                    },
                },
            },
            [Hostile] = new { Type = "AWS::Events::Rule",
                Properties = new { ScheduleExpression = $"cron({Hostile})", Targets = new[] { new { Id = Hostile, Arn = Hostile } } } },
        },
    };
}

using System.Text;
using System.Text.Json.Nodes;
using Dispatcher.Hosting;
using Dispatcher.Lambda;
using Dispatcher.Lambda.Tests;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Function.Tests;

/// <summary>Hands the real handler, with all of its jobs, payloads that no job can run.</summary>
public sealed class BadPayloadTests
{
    private const string Surrogate = "\\ud800";
    private const string Unicode = "surrogate";

    private ServiceProvider _services = null!;
    private MemoryStream _output = null!;

    private static IEnumerable<TestCaseData> Unreadable()
    {
        yield return Bytes("Empty", [], "The payload is empty.");
        yield return Text("Blank", " \r\n\t", "The payload is empty.");
        yield return Bytes("ByteOrderMark", [0xEF, 0xBB, 0xBF], "The payload is empty.");
        yield return Bytes("NotUtf8", [.. "{\"job\":\""u8, 0xC3, 0x28, .. "\"}"u8], "The payload is not UTF-8 text.");
        yield return Bytes("Utf16", Encoding.Unicode.GetBytes("{\"job\":\"$list\"}"), "unexpected U+0000 at line 1, column 2.");
        yield return Text("CutInAString", "{\"job\":\"da", "it ends at line 1, column 11, before its value is complete.");
        yield return Text("CutBehindAValue", "{\"job\":\"$list\"", "it ends at line 1, column 15, before");
        yield return Text("CutInAnEscape", "{\"job\":\"\\u00", "it ends at line 1, column 13, before");
        yield return Text("CutInALiteral", "{\"dryRun\":tru", "it ends at line 1, column 14, before");
        yield return Text("CutOnLineTwo", "{\n  \"ä\": [1, ", "it ends at line 2, column 12, before");
        yield return Text("NotJson", "hello", "unexpected 'h' at line 1, column 1.");
        yield return Text("SingleQuotes", "{'job':'a'}", "unexpected ''' at line 1, column 2.");
        yield return Text("TrailingComma", "{\"job\":\"a\",}", "unexpected '}' at line 1, column 12.");
        yield return Text("Comment", "{\n// no\n}", "unexpected '/' at line 2, column 1.");
        yield return Text("TwoValues", "{}\n{}", "unexpected '{' at line 2, column 1.");
        yield return Text("LineBreakInAString", "{\"job\":\"a\nb\"}", "unexpected U+000A at line 1, column 10.");
        yield return Text("Bidirectional", "{\"a\":\u202E}", "unexpected U+202E at line 1, column 6.");
        yield return Text("SixMegabytesCutOff", "{\"job\":\"" + new string('x', 6_000_000), "it ends at line 1, column 6000009, before");
        yield return Text("DeepArrays", new string('[', 10_000), "nested more than 64 levels deep");
        yield return Text(
            "DeepObjects",
            string.Concat(Enumerable.Repeat("{\"a\":", 10_000)) + "1" + new string('}', 10_000),
            "nested more than 64 levels");
        yield return Text(
            "DeepParameters",
            "{\"job\":\"$list\",\"parameters\":" + new string('[', 70) + new string(']', 70) + "}",
            "nested more than 64");
        yield return Text("NotAnObject", "[]", "The payload is an array, not an object.");
        yield return Text(
            "DuplicateJob", "{\"job\":\"daily-uptime\",\"job\":\"daily-uptime\"}", "Field 'job' appears twice. Give it once.");
        yield return Text(
            "DuplicateDryRun", "{\"job\":\"daily-uptime\",\"dryRun\":true,\"dryRun\":false}", "Field 'dryRun' appears twice.");
        yield return Text(
            "DuplicateParameters", "{\"job\":\"daily-uptime\",\"parameters\":{},\"parameters\":{}}", "Field 'parameters' appears twice.");
        yield return Text(
            "DuplicateParameter", "{\"job\":\"daily-uptime\",\"parameters\":{\"force\":true,\"force\":false}}", "Give it once");
        yield return Text(
            "DuplicateInAParameter",
            """{"job":"http-trigger","parameters":{"url":"https://a.example/","body":{"b":[{"c":1,"c":2}]}}}""",
            "Parameter 'body' has the field 'c' twice. Give it once.");
        yield return Text(
            "DuplicateInABatch",
            """{"Records":[{"messageId":"m","eventSource":"aws:sqs","body":"{\"job\":\"daily-uptime\"}","body":""}]}""",
            "Field 'body' of the batch appears twice. Give it once.");
    }

    // Every string of each payload, names and values, is replaced in turn.
    private static IEnumerable<string> WithSurrogates()
    {
        string[] payloads =
        [
            """{"job":"daily-uptime","dryRun":"t","parameters":{"surrogate":"a"},"id":"b","scheduledTime":"2026-11-22T03:00:00Z","continuation":"1"}""",
            """{"job":"$describe","parameters":{"name":"daily-uptime"}}""",
            """{"job":"ecs-run-task","parameters":{"task":"a","command":["b"],"environment":{"c":"d"}}}""",
            """{"job":"celery-enqueue","parameters":{"tasks":[{"task":"a","args":["b",{"c":"d"}],"kwargs":{"e":"f"}}],"queue":"g"}}""",
            """{"job":"http-trigger","parameters":{"endpoint":"a","headers":{"b":"c"},"body":{"d":["e"]}}}""",
            """{"job":"video-upload-cleanup","parameters":{"bucket":"a","table":"b"}}""",
            """{"job":"refresh-materialized-view","parameters":{"views":["a"],"view":"b"}}""",
            """{"version":"0","id":"a","detail-type":"b","source":"c","account":"d","time":"e","region":"f","resources":["g"],"detail":{"h":"i"}}""",
            """{"detail-type":"Channel Backfill Completed","source":"dn.backend.channelbackfill","detail":{"status":"success"}}""",
            """{"detail-type":"Scheduled Event","source":"aws.scheduler","detail":"{}"}""",
            """{"Records":[{"eventSource":"aws:s3","s3":{"bucket":{"name":"a"}}}]}""",
            """{"Records":[{"EventSource":"aws:sns","Sns":{"Message":"a"}}]}""",
        ];
        foreach (var payload in payloads)
        {
            var quotes = payload.Split('"').Length / 2;
            for (var index = 0; index < quotes; index++)
            {
                yield return Replace(payload, index);
            }
        }
    }

    [SetUp]
    public void SetUp()
    {
        _output = new MemoryStream();
        _services = AllJobs.Build(services => services
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().Build())
            .AddSingleton(new LambdaOutput(_output)));
    }

    [TearDown]
    public async Task TearDown()
    {
        await _services.DisposeAsync();
        await _output.DisposeAsync();
    }

    [TestCaseSource(nameof(Unreadable))]
    public async Task HandleAsync_Unreadable_SaysWhatIsWrongAndLogsOneError(byte[] payload, string problem)
    {
        var failure = await Assert.ThrowsAsync<JobRequestException>(() => _services.InvokeAsync(payload));

        var line = JsonNode.Parse(_output.ToArray())!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(failure!.Message, Does.Contain(problem));
            Assert.That(failure.Message, Has.Length.LessThan(400).And.Not.Contains("BytePositionInLine").And.Not.Contains("System."));
            Assert.That(line["level"]!.GetValue<string>(), Is.EqualTo("ERROR"));
            Assert.That(line["message"]!.GetValue<string>(), Does.Contain(problem));
        }
    }

    [TestCaseSource(nameof(WithSurrogates))]
    public async Task HandleAsync_LoneSurrogate_IsRefusedInOurWords(string payload)
    {
        var failure = await Assert.ThrowsAsync<JobRequestException>(() => _services.InvokeAsync(payload));

        Assert.That(failure!.Message, Does.Not.Contain("InvalidOperationException").And.Not.Contains("invalid UTF-16"));
    }

    [Test]
    public async Task HandleAsync_ManyProblems_KeepsTheMessageSmall()
    {
        var fields = string.Join(',', Enumerable.Range(0, 1_000).Select(index => $"\"{index}{new string('x', 5_000)}\":1"));

        var failure = await Assert.ThrowsAsync<JobRequestException>(() => _services.InvokeAsync($"{{{fields}}}"));

        Assert.That(Encoding.UTF8.GetByteCount(failure!.Message), Is.LessThan(8_000));
    }

    private static string Replace(string payload, int index)
    {
        var parts = payload.Split('"');
        parts[(2 * index) + 1] = Surrogate + (parts[(2 * index) + 1] == Unicode ? Unicode : string.Empty);
        return string.Join('"', parts);
    }

    private static TestCaseData Text(string name, string text, string problem) => Bytes(name, Encoding.UTF8.GetBytes(text), problem);

    private static TestCaseData Bytes(string name, byte[] payload, string problem) =>
        new TestCaseData(payload, problem).SetArgDisplayNames(name);
}

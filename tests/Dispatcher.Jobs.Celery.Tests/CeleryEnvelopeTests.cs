using System.Text;
using System.Text.Json;
using static Dispatcher.Jobs.Celery.Tests.CeleryHarness;

namespace Dispatcher.Jobs.Celery.Tests;

public sealed class CeleryEnvelopeTests
{
    // What Celery 5.2.6 itself put on SQS for run_all_maintenance.delay(), decoded.
    private const string FromCelery = """
        {"body":"W1tdLCB7fSwgeyJjYWxsYmFja3MiOiBudWxsLCAiZXJyYmFja3MiOiBudWxsLCAiY2hhaW4iOiBudWxsLCAiY2hvcmQiOiBudWxsfV0=",
         "content-encoding":"utf-8","content-type":"application/json",
         "headers":{"lang":"py","task":"app.tasks.maintenance.run_all_maintenance","id":"328aa248-388b-406c-ada2-83167f0007ae",
         "shadow":null,"eta":null,"expires":null,
         "group":null,"group_index":null,"retries":0,"timelimit":[null,null],
         "root_id":"328aa248-388b-406c-ada2-83167f0007ae","parent_id":null,
         "argsrepr":"()","kwargsrepr":"{}","origin":"gen23697@vm","ignore_result":false},
         "properties":{"correlation_id":"328aa248-388b-406c-ada2-83167f0007ae","reply_to":"217ac239-5762-3d79-8d19-a6a0d3fcc6ba",
         "delivery_mode":2,
         "delivery_info":{"exchange":"","routing_key":"celery"},"priority":0,
         "body_encoding":"base64","delivery_tag":"f2ddf79f-9a68-4f53-ac9b-85a87e1014eb"}}
        """;

    [Test]
    public async Task Write_SameTaskAsCelery_DiffersOnlyWhereAProcessNamesItself()
    {
        var queue = new FakeQueue();
        await using var harness = Create(queue);

        await harness.RunAsync(
            PayloadOf("""{"task":"app.tasks.maintenance.run_all_maintenance","taskId":"328aa248-388b-406c-ada2-83167f0007ae"}"""));

        var ours = Flatten(JsonDocument.Parse(Convert.FromBase64String(queue.Taken.Single().MessageBody)).RootElement);
        var theirs = Flatten(JsonDocument.Parse(FromCelery).RootElement);
        Assert.That(ours.Select(field => field.Key), Is.EqualTo(theirs.Select(field => field.Key)));
        var differing = ours.Where((field, index) => field.Value != theirs[index].Value).Select(field => field.Key);
        Assert.That(differing, Is.EqualTo(new[] { "/headers/origin", "/properties/reply_to", "/properties/delivery_tag" }));
    }

    [Test]
    public async Task Write_LongArguments_CutsTheReprAsCeleryDoes()
    {
        var queue = new FakeQueue();
        await using var harness = Create(queue);

        await harness.RunAsync(PayloadOf($$"""{"task":"t","args":["{{string.Concat(Enumerable.Repeat("🎉", 2000))}}"]}"""));

        var repr = WorkerMessage.Read(queue.Taken.Single().MessageBody, "celery").Headers.GetProperty("argsrepr").GetString()!;
        Assert.That(repr, Has.Length.LessThanOrEqualTo(1024).And.EndsWith("🎉..."));
    }

    /// <summary>Lists every field by its path; the body is compared decoded, because spaces in JSON are a matter of taste.</summary>
    private static List<KeyValuePair<string, string>> Flatten(JsonElement value, string path = "") => value.ValueKind switch
    {
        JsonValueKind.Object => [.. value.EnumerateObject().SelectMany(field => Flatten(field.Value, $"{path}/{field.Name}"))],
        _ when path == "/body" =>
            [new(path, Encoding.UTF8.GetString(value.GetBytesFromBase64()).Replace(" ", string.Empty, StringComparison.Ordinal))],
        _ => [new(path, value.GetRawText())],
    };
}

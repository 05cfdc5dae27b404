using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Dispatcher.Function.Tests.Hostile;

/// <summary>
/// Generates payloads: valid ones and events in which any name, text, value or byte is replaced, and bytes that are nothing at all.
/// </summary>
internal static class HostilePayloads
{
    private const string Event =
        """{"version":"0","id":"a","detail-type":"Channel Backfill Completed","source":"dn.backend.channelbackfill","account":"1","time":"2026-11-22T03:00:00Z","region":"eu-central-1","resources":["r"],"detail":{"status":"success"}}""";

    private static readonly string[] Valid =
    [
        """{"job":"daily-uptime"}""",
        """{"job":"daily-uptime","dryRun":true,"parameters":{"points":1},"id":"a","scheduledTime":"2026-11-22T03:00:00Z","continuation":1}""",
        """{"job":"daily-uptime","limits":{"maxChanges":1,"maxChangesPercent":1,"maxBytes":1,"maxChangesPerSecond":1}}""",
        """{"job":"video-upload-cleanup","plan":"s3://plans/a.json","parameters":{"table":"sessions","bucket":"uploads"}}""",
        """{"job":"video-upload-cleanup","shards":4,"shard":{"index":1,"count":4},"parameters":{"table":"sessions","bucket":"uploads"}}""",
        """{"job":"celery-enqueue","parameters":{"task":"a.b","args":["b",{"c":"d"}],"kwargs":{"e":"f"},"queueName":"q"}}""",
        """{"job":"ecs-run-task","parameters":{"taskDefinition":"a","cluster":"b","count":2,"tags":{"c":"d"}}}""",
        """{"job":"ssm-run-command","parameters":{"commands":["a"],"targets":[{"key":"tag:b","values":["c"]}],"maxErrors":"1"}}""",
        """{"job":"http-trigger","parameters":{"url":"https://a.example/","headers":{"b":"c"},"body":{"d":["e"]}}}""",
        """{"job":"refresh-materialized-view","parameters":{"views":["a","b.c"]}}""",
        """{"job":"$list"}""",
        """{"job":"$describe","parameters":{"name":"daily-uptime"}}""",
        Event,
        Event.Replace("Completed", "Failed", StringComparison.Ordinal),
        """{"version":"0","detail-type":"Scheduled Event","source":"aws.events","detail":{}}""",
        """{"Records":[{"eventSource":"aws:s3","s3":{"bucket":{"name":"a"}}}]}""",
        """{"Records":[{"EventSource":"aws:sns","Sns":{"Message":"a"}}]}""",
        Batch("{\"job\":\"daily-uptime\"}", "{\"job\":\"refresh-materialized-view\",\"parameters\":{\"views\":[\"a\"]}}"),
        Batch("", "{", "[]", "{\"job\":\"nothing\"}", "{\"job\":\"daily-uptime\"} "),
        Batch("{\"job\":\"$list\"}", "{\"Records\":[]}").Replace("arn:aws:sqs:eu-central-1:1:jobs", "jobs.fifo", StringComparison.Ordinal),
    ];

    /// <summary>Gets the payloads.</summary>
    public static Arbitrary<HostilePayload> Arbitrary { get; } = Gen.Frequency(
        (12, Mutated()),
        (1, Random()),
        (1, Gen.Elements(HostileText.Values.ToArray()).Select(static value => new HostilePayload(Encoding.UTF8.GetBytes(value)))))
        .ToArbitrary();

    private static Gen<HostilePayload> Mutated() =>
        from payload in Gen.Elements(Valid)
        from texts in Gen.Choose(0, 3)
        from change in Gen.Elements<Func<string, int, string, string>>(ReplaceText, ReplaceText, ReplaceValue, Duplicate, Extend)
        from positions in Gen.Choose(0, 1_000).ArrayOf(3)
        from text in Gen.OneOf(Gen.Elements(HostileText.InJson.ToArray()), Gen.Elements(HostileText.Values.ToArray()))
        from damage in Gen.Frequency((6, Gen.Constant(0)), (1, Gen.Choose(1, 4)))
        from at in Gen.Choose(0, 10_000)
        from octet in Gen.Choose(0, 255)
        select Damage(Apply(payload, change, positions.Take(texts), text), damage, at, (byte)octet);

    private static Gen<HostilePayload> Random() =>
        from octets in Gen.Choose(0, 255).Select(static octet => (byte)octet).ArrayOf()
        from before in Gen.Elements("", "{", "{\"job\":", "{\"job\":\"daily-uptime\",")
        select new HostilePayload([.. Encoding.UTF8.GetBytes(before), .. octets]);

    private static string Apply(string payload, Func<string, int, string, string> change, IEnumerable<int> positions, string text) =>
        positions.Aggregate(payload, (current, position) => change(current, position, text));

    /// <summary>Replaces the inside of a text, a name or a value, or appends to it.</summary>
    private static string ReplaceText(string payload, int position, string text)
    {
        var parts = payload.Split('"');
        if (parts.Length < 3)
        {
            return payload;
        }

        var index = (position % (parts.Length / 2) * 2) + 1;
        parts[index] = position % 3 == 0 ? parts[index] + text : text;
        return string.Join('"', parts);
    }

    /// <summary>Replaces what follows a colon up to the next comma or bracket.</summary>
    private static string ReplaceValue(string payload, int position, string text)
    {
        var colons = Enumerable.Range(0, payload.Length).Where(index => payload[index] == ':').ToList();
        if (colons.Count == 0)
        {
            return text;
        }

        var begin = colons[position % colons.Count] + 1;
        var end = payload.IndexOfAny([',', '}', ']'], begin);
        return end < 0 ? payload : payload[..begin] + text + payload[end..];
    }

    /// <summary>Repeats a member with another value.</summary>
    private static string Duplicate(string payload, int position, string text)
    {
        var names = payload.Split('"').Where(static (_, index) => index % 2 == 1).ToList();
        return names.Count == 0 || !payload.StartsWith('{')
            ? payload
            : $"{{\"{names[position % names.Count]}\":{Quoted(text)},{payload[1..]}";
    }

    /// <summary>Adds a member that is not known.</summary>
    private static string Extend(string payload, int position, string text) =>
        payload.StartsWith('{') ? $"{{\"{text.Replace("\"", string.Empty, StringComparison.Ordinal)}\":{position},{payload[1..]}" : payload;

    private static string Quoted(string text) => HostileText.Values.Contains(text) ? text : $"\"{text}\"";

    private static HostilePayload Damage(string payload, int damage, int at, byte octet)
    {
        var utf8 = Encoding.UTF8.GetBytes(payload);
        var place = utf8.Length == 0 ? 0 : at % utf8.Length;
        return new HostilePayload(damage switch
        {
            1 => utf8[..place],
            2 => [.. utf8[..place], octet, .. utf8[place..]],
            3 => [0xEF, 0xBB, 0xBF, .. utf8],
            4 => Encoding.Unicode.GetBytes(payload),
            _ => utf8,
        });
    }

    private static string Batch(params string[] bodies) =>
        $$"""{"Records":[{{string.Join(',', bodies.Select(Record))}}]}""";

    private static string Record(string body, int index)
    {
        var text = body.Replace("\"", "\\\"", StringComparison.Ordinal);
        return $$"""{"messageId":"m{{index}}","eventSource":"aws:sqs","eventSourceARN":"arn:aws:sqs:eu-central-1:1:jobs","attributes":{"ApproximateReceiveCount":"1"},"body":"{{text}}"}""";
    }
}

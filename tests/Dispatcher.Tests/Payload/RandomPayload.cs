using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;

namespace Dispatcher.Tests.Payload;

/// <summary>Random JSON that looks much like a payload: real names and values, mixed with odd ones.</summary>
public sealed record RandomPayload(string Json)
{
    private static readonly string[] Names =
        ["job", "dryRun", "parameters", "id", "scheduledTime", "continuation", "table", "batchSize", "mode", "names", "weights",
            "anything", "until", "note", "JOB", "\\ud800", ""];

    private static readonly string[] Scalars =
        ["null", "true", "false", "0", "-1", "1.5", "1e999", "123456789012345678901234567890", "\"\"", "\"video-upload-cleanup\"",
         "\"daily-uptime\"", "\"\\udc00x\"", "\"deleteAll\"", "\"0001-01-01T00:00:00+14:00\"", "\"9999-12-31T23:59:59.9999999-14:00\"",
         "\"2026-02-30\""];

    /// <summary>Makes any payload; FsCheck finds it by its type.</summary>
    public static Arbitrary<RandomPayload> Payloads() => Object(3).Select(json => new RandomPayload(json)).ToArbitrary();

    private static Gen<string> Value(int depth) => depth == 0
        ? Scalar()
        : Gen.OneOf(Scalar(), Object(depth - 1), Value(depth - 1).ListOf(3).Select(items => $"[{string.Join(",", items)}]"));

    private static Gen<string> Object(int depth) =>
        from count in Gen.Choose(0, 6)
        from members in Member(depth).ListOf(count)
        select $"{{{string.Join(",", members)}}}";

    private static Gen<string> Member(int depth) =>
        from name in Gen.Elements(Names)
        from value in Value(depth)
        select $"\"{name}\":{value}";

    private static Gen<string> Scalar() => Gen.OneOf(
        Gen.Elements(Scalars), ArbMap.Default.GeneratorFor<string>().Select(text => JsonSerializer.Serialize(text ?? string.Empty)));
}

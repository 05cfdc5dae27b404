using FsCheck;
using FsCheck.Fluent;

namespace Dispatcher.EventBridge.Tests.Patterns;

/// <summary>A random JSON object without lists and without names that hold dots.</summary>
public sealed record RandomEvent(string Json)
{
    private static readonly string[] Names = ["a", "b", "status", "x-limit", "é", "prefix"];

    private static readonly string[] Scalars =
        ["null", "true", "false", "0", "-1.5", "3.0e2", "300", "\"\"", "\"success\"", "\"a*b\\\\c\"", "\"10.0.0.1\"", "\"é\""];

    /// <summary>Makes any event; FsCheck finds it by its type.</summary>
    public static Arbitrary<RandomEvent> Events() => Object(3).Select(json => new RandomEvent(json)).ToArbitrary();

    private static Gen<string> Object(int depth) =>
        from count in Gen.Choose(1, 4)
        from names in Gen.Shuffle(Names)
        from values in Value(depth).ListOf(count)
        select $"{{{string.Join(',', values.Select((value, index) => $"\"{names[index]}\":{value}"))}}}";

    private static Gen<string> Value(int depth) =>
        depth == 0 ? Gen.Elements(Scalars) : Gen.OneOf(Gen.Elements(Scalars), Object(depth - 1));
}

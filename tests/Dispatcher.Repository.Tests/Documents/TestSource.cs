using System.Text.RegularExpressions;

namespace Dispatcher.Repository.Tests.Documents;

/// <summary>The classes of the test projects as their sources declare them: the methods that are tests, and the base classes.</summary>
internal sealed partial class TestSource
{
    private readonly HashSet<string> _methods = new(StringComparer.Ordinal);
    private readonly HashSet<string> _bases = new(StringComparer.Ordinal);

    /// <summary>Reads all test projects. Classes of the same name in several projects are one.</summary>
    public static IReadOnlyDictionary<string, TestSource> ReadAll()
    {
        var sources = new Dictionary<string, TestSource>(StringComparer.Ordinal);
        foreach (var file in Repository.Files("tests/*.cs"))
        {
            var text = File.ReadAllText(Repository.PathOf(file));
            foreach (Match declared in Class().Matches(text))
            {
                var name = declared.Groups["name"].Value;
                if (!sources.TryGetValue(name, out var source))
                {
                    sources[name] = source = new TestSource();
                }

                source._methods.UnionWith(Test().Matches(text).Select(match => match.Groups["method"].Value));
                source._bases.UnionWith(Word().Matches(declared.Groups["bases"].Value).Select(match => match.Value));
            }
        }

        return sources;
    }

    /// <summary>Determines whether a class, or a base class of it, has a test.</summary>
    public static bool Has(IReadOnlyDictionary<string, TestSource> sources, string name, string method) =>
        sources.TryGetValue(name, out var source)
        && (source._methods.Contains(method) || source._bases.Any(other => other != name && Has(sources, other, method)));

    [GeneratedRegex(
        @"^\s*(public |internal |abstract |sealed |partial |static )*class (?<name>\w+)(<[^>]*>)?(\([^)]*\))?\s*"
        + @"(:\s*(?<bases>[^{;]*))?[{;]",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Class();

    /// <summary>A public method that follows an attribute which makes it a test.</summary>
    [GeneratedRegex(
        @"^\s*\[(Test|TestCase|TestCaseSource|Property|FsCheck\.NUnit\.Property)\b(?:(?!^\s*\{).)*?public (static |async |virtual )*"
        + @"(void|Task|ValueTask)(<[^>]*>)? (?<method>\w+)\(",
        RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Test();

    [GeneratedRegex(@"\w+")]
    private static partial Regex Word();
}

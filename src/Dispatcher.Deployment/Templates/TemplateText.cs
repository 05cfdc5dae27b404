using System.Text.RegularExpressions;

namespace Dispatcher.Deployment.Templates;

/// <summary>Functions that replace the variables of <c>Fn::Sub</c>.</summary>
internal static partial class TemplateText
{
    /// <summary>Replaces each <c>${Name}</c>; <c>${!Name}</c> is text that means <c>${Name}</c>.</summary>
    /// <param name="text">The text.</param>
    /// <param name="resolve">Returns the value of a name.</param>
    public static string Substitute(string text, Func<string, string?> resolve) => Variable().Replace(
        text, match =>
            match.Groups["literal"].Success ? $"${{{match.Groups["name"].Value}}}" : resolve(match.Groups["name"].Value) ?? string.Empty);

    [GeneratedRegex(@"\$\{(?<literal>!)?(?<name>[^${}!][^${}]*)\}")]
    private static partial Regex Variable();
}

using System.IO.Enumeration;

namespace Dispatcher.Testing.Aws;

/// <summary>Functions that compare actions and ARNs with the patterns of policies.</summary>
internal static class IamPattern
{
    private const int ArnParts = 6;
    private const string PseudoParameter = "${AWS::";

    /// <summary>Determines whether a pattern of actions covers an action. The case of letters does not count.</summary>
    public static bool CoversAction(string pattern, string action) => Matches(pattern, action, ignoreCase: true);

    /// <summary>
    /// Determines whether a pattern covers a resource. Partition, region and account are equal if one of them is a pseudo parameter.
    /// </summary>
    public static bool CoversResource(string pattern, string? resource)
    {
        if (resource is null || pattern == "*")
        {
            return true;
        }

        var (left, right) = (Split(pattern), Split(resource));
        return left.Length == ArnParts && right.Length == ArnParts
            ? left.Zip(right).All(static pair => IsPseudo(pair.First) || IsPseudo(pair.Second) || Matches(pair.First, pair.Second, false))
            : Matches(pattern, resource, ignoreCase: false);
    }

    /// <summary>Splits an ARN at its colons; its resource may have more of them. Those of a pseudo parameter separate nothing.</summary>
    private static string[] Split(string arn) =>
        [.. arn.Replace(PseudoParameter, "${AWS..", StringComparison.Ordinal).Split(':', ArnParts)];

    private static bool IsPseudo(string part) => part.StartsWith("${AWS..", StringComparison.Ordinal);

    /// <summary>
    /// In a pattern only <c>*</c> and <c>?</c> are special, and in the simple expressions of the base library also <c>\</c>. The base
    /// library never matches an empty text, such as the region of a bucket.
    /// </summary>
    private static bool Matches(string pattern, string text, bool ignoreCase) =>
        text.Length == 0
            ? pattern.All(static character => character == '*')
            : FileSystemName.MatchesSimpleExpression(pattern.Replace(@"\", @"\\", StringComparison.Ordinal), text, ignoreCase);
}

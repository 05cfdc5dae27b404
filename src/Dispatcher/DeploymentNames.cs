namespace Dispatcher;

/// <summary>Conversions between names of jobs, metrics and logical ids.</summary>
internal static class DeploymentNames
{
    /// <summary>Returns <c>RotateLogs</c> for <c>rotate-logs</c>, and <c>ItemErrors</c> for <c>itemErrors</c>.</summary>
    public static string ToPascalCase(string name) => string.Concat(
        name.Split(['-', '_', '.'], StringSplitOptions.RemoveEmptyEntries).Select(word => char.ToUpperInvariant(word[0]) + word[1..]));

    /// <summary>Returns <c>item-errors</c> for <c>ItemErrors</c>.</summary>
    public static string ToKebabCase(string name) => string.Concat(
        name.Select((letter, index) => char.IsUpper(letter)
            ? (index > 0 ? "-" : string.Empty) + char.ToLowerInvariant(letter)
            : letter.ToString()));
}

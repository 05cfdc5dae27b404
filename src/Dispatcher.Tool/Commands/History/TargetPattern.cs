using System.Text.RegularExpressions;

namespace Dispatcher.Tool.Commands.History;

/// <summary>
/// A target as a person writes it: whole, or without its beginning up to a <c>/</c>; <c>*</c> stands for any characters.
/// </summary>
internal sealed class TargetPattern
{
    private readonly Regex _pattern;

    /// <summary>Initializes a new instance of the <see cref="TargetPattern"/> class.</summary>
    /// <param name="text">What the person wrote.</param>
    public TargetPattern(string text)
    {
        Text = text;
        HasScheme = text.Contains("://", StringComparison.Ordinal);
        Parts = text.Split('*');
        var words = string.Join(".*", Parts.Select(Regex.Escape));
        _pattern = new Regex(
            $"^{(HasScheme ? string.Empty : "(.*/)?")}{words}$",
            RegexOptions.NonBacktracking | RegexOptions.Singleline | RegexOptions.CultureInvariant);
    }

    /// <summary>Gets what the person wrote.</summary>
    public string Text { get; }

    /// <summary>Gets a value indicating whether the target is written from its beginning.</summary>
    public bool HasScheme { get; }

    /// <summary>Gets the parts between the asterisks.</summary>
    public IReadOnlyList<string> Parts { get; }

    /// <summary>Determines whether a target is meant.</summary>
    /// <param name="target">The target.</param>
    /// <returns>Whether it is.</returns>
    public bool Matches(string target) => _pattern.IsMatch(target);
}

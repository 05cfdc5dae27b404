using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Dispatcher.Deployment.Templates;

/// <summary>A conversion of scalars, with the types of YAML 1.1 as CloudFormation reads them: a date stays text.</summary>
internal static partial class YamlScalar
{
    /// <summary>Converts a scalar.</summary>
    public static JsonValue? Read(Scalar scalar)
    {
        var text = scalar.Value;
        return (IsPlain(scalar), text) switch
        {
            (false, _) => JsonValue.Create(text),
            (_, "true" or "True" or "TRUE" or "yes" or "Yes" or "YES" or "on" or "On" or "ON") => JsonValue.Create(true),
            (_, "false" or "False" or "FALSE" or "no" or "No" or "NO" or "off" or "Off" or "OFF") => JsonValue.Create(false),
            (_, "" or "null" or "Null" or "NULL" or "~") => null,
            // The id of an account may begin with zeros.
            (_, ['0', >= '0' and <= '9', ..]) => JsonValue.Create(text),
            _ when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) =>
                JsonValue.Create(whole),
            _ when IsDecimal(text, out var number) => JsonValue.Create(number),
            _ => JsonValue.Create(text),
        };
    }

    /// <summary>Describes what YAML 1.1 reads in a scalar that looks like another text.</summary>
    /// <returns>Such as <c>the boolean false</c>; <see langword="null"/> if it is read as it looks.</returns>
    public static string? DescribeOtherReading(Scalar scalar) => !IsPlain(scalar) ? null : scalar.Value switch
    {
        "yes" or "Yes" or "YES" or "on" or "On" or "ON" => "the boolean true",
        "no" or "No" or "NO" or "off" or "Off" or "OFF" => "the boolean false",
        var text when Octal().IsMatch(text) => "an octal number",
        var text when Sexagesimal().IsMatch(text) => "a number to the base of 60",
        var text when Programming().IsMatch(text) => "a number",
        var text when Rounded().IsMatch(text) => $"the number {text.TrimEnd('0')}",
        _ => null,
    };

    /// <summary>Determines whether a scalar is a number; CloudFormation refuses one as a key.</summary>
    public static bool IsNumber(Scalar scalar) => IsPlain(scalar) && Number().IsMatch(scalar.Value);

    private static bool IsPlain(Scalar scalar) =>
        scalar.Style is ScalarStyle.Plain && scalar.Tag is { IsEmpty: true } or { Value: ['!', not '!', ..] };

    [GeneratedRegex("^[-+]?0[0-7_]+\\z")]
    private static partial Regex Octal();

    [GeneratedRegex("^[-+]?[1-9][0-9_]*(:[0-5]?[0-9])+\\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Sexagesimal();

    [GeneratedRegex("^[-+]?(0x[0-9a-fA-F_]+|0b[01_]+|[1-9][0-9]*_[0-9_]*)\\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Programming();

    [GeneratedRegex(@"^[-+]?[0-9]+\.[0-9]*[1-9]0+\z")]
    private static partial Regex Rounded();

    [GeneratedRegex(@"^[-+]?([0-9][0-9_]*(\.[0-9_]*)?|0x[0-9a-fA-F_]+)\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Number();

    private static bool IsDecimal(string text, out double number) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number)
        && text.Contains('.', StringComparison.Ordinal);
}

using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;

namespace Dispatcher.Hosting;

/// <summary>The values of a parameter in words: its type, with the range, the choice or the form that its limits leave.</summary>
internal static partial class ExpectedValues
{
    private const string Beginning = "it must be ";

    /// <summary>Describes the values.</summary>
    /// <param name="type">The type.</param>
    /// <param name="limits">The limits.</param>
    /// <returns><c>a whole number from 1 to 1000</c>, <c>one of report, delete</c>, <c>a bucket's name</c>.</returns>
    public static string Describe(JsonTypeInfo type, IEnumerable<ValidationAttribute> limits)
    {
        foreach (var limit in limits)
        {
            if (Describe(limit) is { } words)
            {
                return words;
            }
        }

        return ParameterTypeNames.Describe(type);
    }

    private static string? Describe(ValidationAttribute limit) => limit switch
    {
        RangeAttribute { Minimum: int minimum, Maximum: int.MaxValue } => $"a whole number from {minimum}",
        RangeAttribute { Minimum: int minimum, Maximum: int maximum } => $"a whole number from {minimum} to {maximum}",
        RangeAttribute { Minimum: double minimum, Maximum: double and < 1e15 and var maximum } =>
            string.Create(CultureInfo.InvariantCulture, $"a number from {minimum} to {maximum}"),
        RegularExpressionAttribute { Pattern: var pattern } when Choice().Match(pattern) is { Success: true } choice =>
            $"one of {choice.Groups["words"].Value.Replace("|", ", ", StringComparison.Ordinal)}",
        RegularExpressionAttribute { ErrorMessage: { } message } when message.StartsWith(Beginning, StringComparison.Ordinal) =>
            message[Beginning.Length..].TrimEnd('.'),
        _ => null,
    };

    [GeneratedRegex(@"^\^\((?<words>\w+(\|\w+)+)\)(\$|\\z)\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Choice();
}

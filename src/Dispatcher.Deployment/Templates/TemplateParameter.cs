using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Dispatcher.Text;

namespace Dispatcher.Deployment.Templates;

/// <summary>One parameter of a template.</summary>
/// <param name="name">Its name.</param>
/// <param name="declaration">Its declaration.</param>
internal sealed class TemplateParameter(string name, JsonElement declaration)
{
    private static readonly TimeSpan PatternLimit = TimeSpan.FromSeconds(1);

    /// <summary>Gets the name.</summary>
    public string Name => name;

    /// <summary>Gets a value indicating whether it is a comma-separated list.</summary>
    public bool IsList => Type.Contains("CommaDelimitedList", StringComparison.Ordinal) || Type.Contains("List<", StringComparison.Ordinal);

    /// <summary>Gets a value indicating whether its value must not be shown.</summary>
    public bool IsSecret => string.Equals(Text("NoEcho"), "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>Gets a value indicating whether its value is in the Parameter Store; the declaration is about the key.</summary>
    public bool IsStored => Type.StartsWith("AWS::SSM::", StringComparison.Ordinal);

    /// <summary>Gets the default value. For a Parameter Store parameter the default is a key, so the value is unknown.</summary>
    public string? Default => IsStored ? null : Text("Default");

    private string Type => Text(nameof(Type)) ?? "String";

    /// <summary>Checks a value against the declaration.</summary>
    /// <param name="value">The value.</param>
    /// <param name="findings">Receives every problem.</param>
    public void Check(string value, FindingCollection findings)
    {
        if (IsStored)
        {
            return;
        }

        // The declaration of a list is about each of its items.
        foreach (var item in IsList ? value.Split(',', StringSplitOptions.TrimEntries) : [value])
        {
            CheckItem(item, findings);
        }
    }

    private void CheckItem(string value, FindingCollection findings)
    {
        var allowed = Items("AllowedValues");
        if (allowed.Count > 0 && !allowed.Contains(value))
        {
            Complain($"it must be one of {string.Join(", ", allowed)}."
                + (IsSecret ? string.Empty : SpellingSuggester.DidYouMean(value, allowed)));
        }

        if (Text("AllowedPattern") is { } pattern && !Matches(pattern, value))
        {
            Complain($"it must match {pattern}.");
        }

        CheckBetween("MinLength", "MaxLength", value.Length, "have", " characters");
        if (Type is not ("Number" or "List<Number>"))
        {
            return;
        }

        if (!double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            Complain("it must be a number.");
            return;
        }

        CheckBetween("MinValue", "MaxValue", number, "be", string.Empty);

        void CheckBetween(string minimum, string maximum, double actual, string verb, string unit)
        {
            if (Number(minimum) > actual)
            {
                Complain($"it must {verb} at least {Text(minimum)}{unit}.");
            }

            if (Number(maximum) < actual)
            {
                Complain($"it must {verb} at most {Text(maximum)}{unit}.");
            }
        }

        void Complain(string what) => findings.Error(
            $"Parameters.{name}",
            IsSecret ? $"Its value, which is not shown because of NoEcho, is refused: {what}"
                : $"It is '{PayloadText.Shorten(value)}': {what}");
    }

    private static bool Matches(string pattern, string value)
    {
        try
        {
            return Regex.IsMatch(value, $"^(?:{pattern})$", RegexOptions.None, PatternLimit);
        }
        catch (Exception exception) when (exception is ArgumentException or RegexMatchTimeoutException)
        {
            // Java's patterns, which CloudFormation reads, know a little more than .NET's: what cannot be checked is not complained of.
            return true;
        }
    }

    private double? Number(string field) =>
        double.TryParse(Text(field), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private string? Text(string field) =>
        declaration.ValueKind == JsonValueKind.Object && declaration.TryGetProperty(field, out var value) ? Text(value) : null;

    private List<string> Items(string field) =>
        declaration.ValueKind == JsonValueKind.Object && declaration.TryGetProperty(
            field, out var value) && value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray().Select(Text).OfType<string>()]
            : [];

    private static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
        _ => null,
    };
}

using System.Text.Json;
using System.Text.Json.Nodes;
using Dispatcher.Text;

namespace Dispatcher.Deployment.Templates;

/// <summary>
/// Functions that report the scalars of YAML that stand without quotes where text is needed. JSON cannot express them, so they are kept in
/// an additional section of the converted template.
/// </summary>
internal static class UnquotedScalars
{
    private const string Section = "Dispatcher::UnquotedScalars";

    /// <summary>Keeps the scalars in a template.</summary>
    /// <param name="template">The template.</param>
    /// <param name="scalars">The scalars.</param>
    public static void Keep(JsonNode? template, IReadOnlyList<UnquotedScalar> scalars)
    {
        if (template is JsonObject sections && scalars.Count > 0)
        {
            // One value of a parameter stands for its default and all that are allowed.
            sections[Section] = new JsonArray([.. scalars.Where(static scalar => PlaceOf(scalar) is not null)
                .DistinctBy(static scalar => scalar.Path[0] == "Parameters" ? scalar.Path[1] : string.Join('/', scalar.Path))
                .Select(static scalar => new JsonArray(PlaceOf(scalar), Describe(scalar), scalar.IsKey ? "key" : null))]);
        }
    }

    /// <summary>Reports the scalars of a template.</summary>
    /// <param name="template">The template.</param>
    /// <param name="findings">Receives the problems.</param>
    public static void Check(JsonElement template, FindingCollection findings)
    {
        if (!template.TryGetProperty(Section, out var kept) || kept.ValueKind != JsonValueKind.Array)
        {
            return;
        }

        foreach (var scalar in kept.EnumerateArray().Where(static scalar => scalar.ValueKind == JsonValueKind.Array))
        {
            if (scalar.EnumerateArray().Select(PayloadText.Text).ToArray() is [{ } place, { } text, var isKey]
                && !IsOfNumber(template, place))
            {
                findings.Add(isKey is null ? Severity.Warning : Severity.Error, place, text);
            }
        }
    }

    private static bool IsOfNumber(JsonElement template, string place) => TemplateSections.List(template, "Parameters").Any(
        parameter => place == $"Parameters.{parameter.Name}"
            && TemplateSections.Text(parameter.Value, "Type") is "Number" or "List<Number>");

    private static string Describe(UnquotedScalar scalar)
    {
        var text = PayloadText.Shorten(scalar.Text);
        return scalar.IsKey
            ? $"The key {text} in line {scalar.Line} is a number, and CloudFormation refuses keys that are not text. Quote it: '{text}'."
            : $"{string.Join('.', NameOf([.. scalar.Path]))} in line {scalar.Line} is `{text}` without quotes, in which YAML reads "
                + $"{scalar.Reading}. Quote it: '{text}'.";
    }

    /// <summary>The place is named beside it.</summary>
    private static IEnumerable<string> NameOf(string[] path) => path switch
    {
        ["Resources", _, "Properties", "Events", _, "Properties", .. var rest] => rest,
        ["Resources", _, "Properties", .. var rest] => rest,
        ["Globals", .. var rest] => rest,
        _ => path.Skip(2),
    };

    /// <summary>Gets where a scalar is reported.</summary>
    /// <returns>The place; <see langword="null"/> if it is not where text is needed, or if it is reported with its property.</returns>
    private static string? PlaceOf(UnquotedScalar scalar) => (scalar.IsKey, scalar.Path.ToArray()) switch
    {
        (_, ["Mappings", var map, _, ..]) => $"Mappings.{map}",
        (true, _) => null,
        (_, ["Parameters", var name, "Default" or "AllowedValues"]) => $"Parameters.{name}",
        (_, ["Resources", var name, "Properties", "Environment", "Variables", _]) => name,
        (_, ["Resources", var name, "Properties", "EventPattern", ..]) => name,
        (_, ["Resources", var name, "Properties", "Events", var @event, "Properties", "Pattern", ..]) => $"{name}.{@event}",
        (_, ["Globals", "Function", "Environment", "Variables", _]) => "Globals",
        _ => null,
    };
}

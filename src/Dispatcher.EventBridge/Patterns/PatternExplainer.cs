using System.Text.Json;
using Dispatcher.Text;

namespace Dispatcher.EventBridge.Patterns;

/// <summary>A writer of the reasons for which an event matches a pattern, or does not.</summary>
/// <param name="fields">All fields of the event.</param>
internal sealed class PatternExplainer(EventFields fields)
{
    private const int MaxListed = 3;

    /// <summary>Explains one combination of fields.</summary>
    public PatternExplanation Explain(IReadOnlyList<FieldPattern> combination)
    {
        FieldExplanation[] explained = [.. combination.Select(Explain)];
        FieldRequirement[] requirements = [.. combination.Select(field => field.Evaluate(fields.At(field.Path)))];
        if (ArrayConsistency.CanHold(requirements))
        {
            return new PatternExplanation(true, [.. explained.Select(ExplainAbsenceInElement)], null);
        }

        if (!Array.TrueForAll(explained, static field => field.Matches))
        {
            return new PatternExplanation(false, explained, null);
        }

        var inLists = combination.Zip(requirements, static (field, requirement) => (field.Path, requirement.Matching))
            .Where(static field => field.Matching.Count > 0 && field.Matching.All(static leaf => leaf.Places.Count > 0))
            .Select(static field => field.Path);
        return new PatternExplanation(
            false,
            explained,
            $"Each field matches, but not within the same element of a list: {string.Join(", ", inLists)}. EventBridge wants all fields of "
            + "a list of objects to match in one of the objects. To match in different ones, write a rule for each field.");
    }

    /// <summary>A field that has to be absent may have values in those elements of a list that the other fields do not match.</summary>
    private static FieldExplanation ExplainAbsenceInElement(FieldExplanation field) => field.Matches ? field : field with
    {
        Matches = true,
        Reason = "The element of the list that the other fields match has no such value, as {\"exists\":false} wants.",
    };

    private FieldExplanation Explain(FieldPattern field)
    {
        var leaves = fields.At(field.Path);
        foreach (var alternative in field.Alternatives)
        {
            if (leaves.FirstOrDefault(leaf => alternative.Matches(leaf.Value)) is { } leaf)
            {
                return new FieldExplanation(
                    field.Path,
                    true,
                    alternative.Source,
                    leaf.Value,
                    $"{Show(field, leaf.Value)} matches {Show(field, alternative.Source)}.");
            }

            if (alternative.MatchesAbsence && leaves.Count == 0)
            {
                return new FieldExplanation(
                    field.Path, true, alternative.Source, default, $"The event has no such value, as {{\"exists\":false}} wants.");
            }
        }

        var reason = leaves.Count == 0 ? ExplainAbsence(field) : ExplainDifference(field, leaves);
        return new FieldExplanation(field.Path, false, default, default, reason);
    }

    private string ExplainAbsence(FieldPattern field)
    {
        var wanted = $"{(field.Alternatives.Count == 1 ? "The pattern wants" : "The pattern wants one of")} {List(field)}";
        if (fields.ContainerAt(field.Path) is { ValueKind: not JsonValueKind.Undefined } container)
        {
            return container.ValueKind == JsonValueKind.Object
                ? $"The event has an object there, and only values are compared. {wanted}; name a field in the object."
                : $"The event has a list without values of this field. {wanted}.";
        }

        var name = field.Path[(field.Path.LastIndexOf('.') + 1)..];
        var similar = fields.Paths.FirstOrDefault(path => path.EndsWith($".{name}", StringComparison.Ordinal) || path == name);
        var hint = similar is null
            ? SpellingSuggester.DidYouMean(field.Path, fields.Paths)
            : $" It has '{PayloadText.Shorten(similar)}'.";
        return $"The event has no such field.{hint} {wanted}.";
    }

    private static string ExplainDifference(FieldPattern field, IReadOnlyList<EventLeaf> leaves)
    {
        var values = string.Join(", ", leaves.Take(MaxListed).Select(leaf => Show(field, leaf.Value)));
        var more = leaves.Count > MaxListed ? $" and {leaves.Count - MaxListed} more" : string.Empty;
        var nearMiss = IsSensitive(field) ? null : leaves.Take(MaxListed)
            .SelectMany(leaf => field.Alternatives.Select(alternative => NearMiss(alternative, leaf.Value)))
            .FirstOrDefault(static hint => hint is not null);
        return $"{values}{more} {(leaves.Count == 1 ? "does" : "do")} not match {List(field)}.{nearMiss}";
    }

    private static string List(FieldPattern field)
    {
        var shown = string.Join(" or ", field.Alternatives.Take(MaxListed).Select(alternative => Show(field, alternative.Source)));
        return field.Alternatives.Count > MaxListed ? $"{shown} or {field.Alternatives.Count - MaxListed} more" : shown;
    }

    /// <summary>Formats a value of the event or of the pattern, unless the name of its field announces a secret.</summary>
    private static string Show(FieldPattern field, JsonElement value) =>
        IsSensitive(field) ? Redaction.Mask : PayloadText.Value(value);

    /// <summary>A field within a sensitive one is sensitive too. The <c>key</c> of an object in S3 is not.</summary>
    private static bool IsSensitive(FieldPattern field) =>
        field.Path.Split('.').Any(static name => name != "key" && Redaction.MayAnnounceSecret(name));

    /// <summary>Explains a value that a person would take for a match.</summary>
    private static string? NearMiss(ValueMatcher alternative, JsonElement value)
    {
        var wanted = alternative.Source;
        if (PayloadText.Text(wanted) is { } text)
        {
            return PayloadText.Text(value) is { } given
                ? given.Equals(text, StringComparison.OrdinalIgnoreCase) ? " They differ in case only: use equals-ignore-case." : null
                : value.GetRawText() == text ? $" The event's value is not a text: write {value.GetRawText()} without quotes." : null;
        }

        if (wanted.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array) && PayloadText.Text(value) == wanted.GetRawText())
        {
            return $" The event's value is a text: write \"{wanted.GetRawText()}\".";
        }

        return ExactNumber.Comparable(wanted) is { } number && ExactNumber.Comparable(value).Equals(number)
            ? $" Exact numbers are compared as they are written: use {{\"numeric\":[\"=\",{wanted.GetRawText()}]}}."
            : null;
    }
}

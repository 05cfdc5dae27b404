using System.Text.Json;
using Dispatcher.Text;

namespace Dispatcher.EventBridge.Patterns;

/// <summary>A compiler from the JSON of a pattern to the combinations of fields of which one has to match.</summary>
/// <param name="problems">Receives everything for which EventBridge would refuse the pattern.</param>
internal sealed class PatternCompiler(ICollection<PatternProblem> problems)
{
    /// <summary>The most combinations of the alternatives of all <c>$or</c> that EventBridge accepts.</summary>
    private const int MaxCombinations = 1000;

    private const string Or = "$or";

    private readonly AlternativeReader _alternatives = new(problems);
    private bool _hasOr;
    private JsonElement? _orField;

    /// <summary>Compiles a pattern.</summary>
    /// <returns>The combinations; without <c>$or</c> there is one. Incomplete if there are problems.</returns>
    public IReadOnlyList<IReadOnlyList<FieldPattern>> Compile(JsonElement pattern)
    {
        if (pattern.ValueKind != JsonValueKind.Object)
        {
            Refuse(null, "must be a JSON object", "Write {\"source\":[\"…\"],\"detail\":{\"status\":[\"success\"]}}.", pattern);
            return [];
        }

        if (!PayloadText.IsUnicode(pattern))
        {
            Refuse(null, "holds half of a surrogate pair, such as \\ud800 alone", "Write whole characters.", pattern);
            return [];
        }

        var all = new Conjunction();
        ReadObject(all, null, pattern, insideOr: false);
        if (_hasOr && _orField is { } field)
        {
            problems.Add(new PatternProblem(
                Or,
                $"$or is an alternative of fields in one place and the name of a field in another: {PayloadText.Value(field)}. Give each "
                + "$or a list of at least two objects.",
                field));
        }

        if (all.Count > MaxCombinations)
        {
            Refuse(
                null,
                $"has more than {MaxCombinations} combinations of the alternatives of its $or",
                "Merge alternatives of the same field into one list, or divide the pattern among several rules.",
                pattern);
            return [];
        }

        var combinations = all.Expand();
        foreach (var path in combinations.SelectMany(FindTwice).Distinct(StringComparer.Ordinal))
        {
            RefuseTwice(path, pattern);
        }

        return combinations;
    }

    private void ReadObject(Conjunction all, string? path, JsonElement value, bool insideOr)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var field in value.EnumerateObject())
        {
            var name = path is null ? field.Name : $"{path}.{field.Name}";
            if (!names.Add(field.Name))
            {
                RefuseTwice(name, field.Value);
            }
            else if (field.Name == Or && IsOr(field.Value))
            {
                ReadOr(all, path, field.Value);
            }
            else if (insideOr && AlternativeReader.Reserved.Contains(field.Name))
            {
                Refuse(
                    name, $"cannot be a field inside $or: '{field.Name}' is the name of an operator", "Move it out of $or.", field.Value);
            }
            else
            {
                ReadField(all, name, field, insideOr);
            }
        }

        if (names.Count == 0)
        {
            Refuse(path, "is an empty object", "Name a field with its alternatives, or leave it out.", value);
        }
    }

    private void ReadField(Conjunction all, string path, JsonProperty field, bool insideOr)
    {
        if (field.Name == Or)
        {
            _orField = field.Value;
        }

        switch (field.Value.ValueKind)
        {
            case JsonValueKind.Object:
                ReadObject(all, path, field.Value, insideOr);
                break;
            case JsonValueKind.Array when field.Value.GetArrayLength() > 0 && field.Name == Or && !IsFieldNamedOr(field.Value):
                Refuse(
                    path,
                    $"must be a list of at least two objects that name fields, but is {PayloadText.Value(field.Value)}",
                    "Put a single one beside the other fields.",
                    field.Value);
                break;
            case JsonValueKind.Array when field.Value.GetArrayLength() > 0:
                all.Fields.Add(new FieldPattern(path, _alternatives.Read(path, field.Value)));
                break;
            default:
                Refuse(
                    path,
                    $"must be a list of alternatives, such as [\"success\"], but is {PayloadText.Value(field.Value)}",
                    string.Empty,
                    field.Value);
                break;
        }
    }

    private void ReadOr(Conjunction all, string? path, JsonElement list)
    {
        _hasOr = true;
        var alternatives = new List<Conjunction>();
        foreach (var item in list.EnumerateArray())
        {
            var alternative = new Conjunction();
            ReadObject(alternative, path, item, insideOr: true);
            alternatives.Add(alternative);
        }

        all.Ors.Add(alternatives);
    }

    /// <summary>A <c>$or</c> that is none of EventBridge's is the name of a field, as it was before there were any.</summary>
    private static bool IsOr(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array
        && value.GetArrayLength() > 1
        && value.EnumerateArray().All(static item =>
            item.ValueKind == JsonValueKind.Object && item.EnumerateObject().All(static field =>
                !AlternativeReader.Reserved.Contains(field.Name)));

    private static bool IsFieldNamedOr(JsonElement list) => list.EnumerateArray().All(static item =>
        item.ValueKind != JsonValueKind.Array
        && (item.ValueKind != JsonValueKind.Object || item.EnumerateObject().Any(static field =>
            AlternativeReader.Reserved.Contains(field.Name))));

    private static IEnumerable<string> FindTwice(IReadOnlyList<FieldPattern> fields) =>
        fields.GroupBy(static field => field.Path, StringComparer.Ordinal).Where(static same => same.Skip(1).Any())
            .Select(static same => same.Key);

    private void RefuseTwice(string path, JsonElement value) =>
        Refuse(path, "is given twice, and EventBridge uses only the last one", "Give it once, with all alternatives in one list.", value);

    private void Refuse(string? path, string problem, string remedy, JsonElement value) =>
        problems.Add(new PatternProblem(
            path ?? string.Empty, $"{(path is null ? "The pattern" : PayloadText.Shorten(path))} {problem}. {remedy}".TrimEnd(), value));
}

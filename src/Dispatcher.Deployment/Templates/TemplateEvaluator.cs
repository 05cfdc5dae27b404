using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dispatcher.Text;

namespace Dispatcher.Deployment.Templates;

/// <summary>
/// An evaluator of the intrinsic functions of a template. Values known only to a deployment stay as placeholders:
/// <c>${DispatcherFunction.Arn}</c>. What depends on one stays unknown, and so does the value of a function that is not supported.
/// </summary>
/// <param name="names">Resolves names.</param>
/// <param name="conditions">The conditions.</param>
/// <param name="mappings">The mappings.</param>
/// <param name="findings">Receives what cannot be evaluated.</param>
/// <param name="revealing">Evaluates what conditions compare, with the values of NoEcho parameters.</param>
internal sealed class TemplateEvaluator(
    TemplateNames names,
    TemplateConditions conditions,
    JsonElement mappings,
    FindingCollection findings,
    TemplateEvaluator? revealing = null)
{
    /// <summary>The value of AWS::NoValue, which removes a property. Compared by reference, never part of a result.</summary>
    private static readonly JsonObject NoValue = [];

    /// <summary>Evaluates a part of the template.</summary>
    /// <param name="source">The part.</param>
    /// <param name="resource">The resource that contains it, for findings.</param>
    public JsonNode? Evaluate(JsonElement source, string resource)
    {
        var value = Compute(source, resource);
        return ReferenceEquals(value, NoValue) ? null : value;
    }

    /// <summary>Determines whether two values of a condition are equal. CloudFormation compares them as text.</summary>
    /// <returns>Whether they are; <see langword="null"/> if only a deployment knows.</returns>
    public bool? AreEqual(JsonElement one, JsonElement other, string resource)
    {
        var (left, right) =
            (EvaluateToCompare(one, resource).Text() ?? string.Empty, EvaluateToCompare(other, resource).Text() ?? string.Empty);
        return left == right ? true : TemplateNames.IsUnknown(left) || TemplateNames.IsUnknown(right) ? null : false;
    }

    /// <summary>
    /// Evaluates what a condition compares, with the values of NoEcho parameters: only the result of the condition is shown.
    /// </summary>
    public JsonNode? EvaluateToCompare(JsonElement source, string resource)
    {
        var value = Evaluate(source, resource);
        return revealing is not null && TemplateNames.IsSecret(value.Text()) ? revealing.Evaluate(source, resource) : value;
    }

    private JsonNode? Compute(JsonElement source, string resource)
    {
        switch (source.ValueKind)
        {
            case JsonValueKind.Object:
                return TemplateFunction.Read(source) is { } function && !UnexpandedParts.IsLoop(function.Name)
                    ? Call(function, resource)
                    : ComputeObject(source, resource);
            case JsonValueKind.Array:
                return new JsonArray(
                    [.. source.EnumerateArray().Select(item => Compute(item, resource)).Where(item => !ReferenceEquals(item, NoValue))]);
            default:
                return source.ValueKind == JsonValueKind.Null ? null : JsonNode.Parse(source.GetRawText());
        }
    }

    private JsonObject ComputeObject(JsonElement source, string resource)
    {
        var computed = new JsonObject();
        foreach (var field in source.EnumerateObject())
        {
            if (UnexpandedParts.IsLoop(field.Name))
            {
                UnexpandedParts.NoteLoop(field.Name, resource, findings);
                continue;
            }

            var value = Compute(field.Value, resource);
            if (!ReferenceEquals(value, NoValue))
            {
                computed[field.Name] = value;
            }
        }

        return computed;
    }

    private JsonNode? Call(TemplateFunction function, string resource)
    {
        var (name, arguments) = function;
        JsonElement[] items = arguments.ValueKind == JsonValueKind.Array ? [.. arguments.EnumerateArray()] : [];
        switch ((name, items))
        {
            case ("Ref", _) when arguments.ValueKind == JsonValueKind.String:
                return arguments.ValueEquals("AWS::NoValue") ? NoValue : names.Resolve(arguments.GetString()!, resource);
            case ("Fn::GetAtt", [var owner, ..]):
                return JsonValue.Create($"${{{owner}.{string.Join('.', items.Skip(1).Select(item => Evaluate(item, resource).Text()))}}}");
            case ("Fn::GetAtt", _) when arguments.ValueKind == JsonValueKind.String:
                return JsonValue.Create($"${{{arguments.GetString()}}}");
            case ("Fn::If", [{ ValueKind: JsonValueKind.String } condition, var then, var otherwise]):
                return conditions.Evaluate(condition.GetString()!, this) is { } holds
                    ? Compute(holds ? then : otherwise, resource)
                    : Unknown(name, condition.GetString());
            case ("Fn::Sub", _):
                return Substitute(arguments, items, resource);
            case ("Fn::Join", [var separator, var parts]):
                return JsonValue.Create(string.Join(
                    Evaluate(separator, resource).Text(), Evaluate(parts, resource).Items().Select(part => part.Text())));
            case ("Fn::Split", [var separator, var text]):
                return Split(Evaluate(separator, resource).Text(), Evaluate(text, resource).Text());
            case ("Fn::Select", [var index, var list]):
                return Select(Evaluate(index, resource).Number(), Evaluate(list, resource), resource);
            case ("Fn::FindInMap", [var map, var first, var second, .. var more]):
                return Find([.. new[] { map, first, second }.Select(key => Evaluate(key, resource).Text())], more, resource);
            case ("Fn::Equals" or "Fn::Not" or "Fn::And" or "Fn::Or", _):
                return conditions.Decide(function, this, resource) is { } result ? JsonValue.Create(result) : Unknown(name);
            case ("Fn::Base64", _):
                return Evaluate(arguments, resource).Text() is { } bytes && !TemplateNames.IsUnknown(bytes)
                    ? JsonValue.Create(Convert.ToBase64String(Encoding.UTF8.GetBytes(bytes)))
                    : Unknown(name);
            case ("Fn::ToJsonString", _):
                return JsonValue.Create(Evaluate(arguments, resource)?.ToJsonString(JsonNodeExtensions.Relaxed) ?? "null");
            case ("Fn::Length", _):
                return Evaluate(arguments, resource) is JsonArray known && !TemplateNames.IsUnknown(known.Text())
                    ? JsonValue.Create(known.Count)
                    : Unknown(name);
            case ("Fn::ImportValue", _):
                return Unknown(name, Evaluate(arguments, resource).Text());
            case ("Fn::GetAZs" or "Fn::Cidr" or "Fn::Transform", _):
                return Unknown(name);
            case var _ when TemplateFunction.Known.Contains(name):
                findings.Error(
                    resource,
                    $"{name} has invalid arguments: {PayloadText.Value(arguments)}. See the CloudFormation reference.");
                return Unknown(name);
            default:
                findings.Note(
                    resource,
                    $"The function {name} is not supported, so what depends on it is not checked. Supported: "
                        + $"{string.Join(", ", TemplateFunction.Known)}.");
                return Unknown(name);
        }
    }

    /// <summary>Creates the placeholder of a function's value. The detail distinguishes the values of two calls.</summary>
    private static JsonValue Unknown(string function, string? detail = null) =>
        JsonValue.Create($"${{{function}{(detail is null ? string.Empty : ".")}{TemplateNames.ToPlaceholder(detail)}}}");

    private static JsonArray Split(string? separator, string? text) =>
        TemplateNames.IsUnknown(text)
            ? new JsonArray(Unknown("Fn::Split", text))
            : [.. (text ?? string.Empty).Split(separator is { Length: > 0 } ? separator : ",").Select(part => (JsonNode)part)];

    private JsonNode? Select(double? index, JsonNode? list, string resource)
    {
        var items = list.Items().ToList();
        if (index is { } number && number >= 0 && number < items.Count)
        {
            return items[(int)number]?.DeepClone();
        }

        // The list may come from a value that only the deployment knows.
        if (!items.Exists(item => TemplateNames.IsUnknown(item.Text())))
        {
            findings.Error(resource, $"Fn::Select selects item {index} of {items.Count}. Items are counted from 0.");
        }

        return Unknown("Fn::Select");
    }

    private JsonNode? Find(IReadOnlyList<string?> keys, JsonElement[] options, string resource)
    {
        if (keys is [{ } map, { } first, { } second] && mappings.ValueKind == JsonValueKind.Object
            && mappings.TryGetProperty(map, out var level) && level.ValueKind == JsonValueKind.Object
            && level.TryGetProperty(first, out var values) && values.ValueKind == JsonValueKind.Object
            && values.TryGetProperty(second, out var value))
        {
            return Compute(value, resource);
        }

        var unknown = Unknown("Fn::FindInMap", string.Join('.', keys));
        if (keys.Any(TemplateNames.IsUnknown))
        {
            return unknown;
        }

        if (options is [{ ValueKind: JsonValueKind.Object } option] && option.TryGetProperty("DefaultValue", out var otherwise))
        {
            return Compute(otherwise, resource);
        }

        var where = $"Fn::FindInMap finds no value at {string.Join(", ", keys)}.";
        if (keys.Any(names.IsAssumed))
        {
            findings.Note(resource, $"{where} The account and the region of the deployment are not known: set --account and --region.");
            return unknown;
        }

        findings.Error(resource, $"{where} Check Mappings.");
        return unknown;
    }

    private JsonValue? Substitute(JsonElement arguments, JsonElement[] items, string resource)
    {
        var (text, own) = items is [var first, { ValueKind: JsonValueKind.Object } map] ? (first, map) : (arguments, default);
        if (text.ValueKind != JsonValueKind.String)
        {
            findings.Error(
                resource, $"Fn::Sub has invalid arguments: {PayloadText.Value(arguments)}. Write text, or [text, {{\"Name\":value}}].");
            return null;
        }

        return JsonValue.Create(TemplateText.Substitute(
            text.GetString()!,
            name => own.ValueKind == JsonValueKind.Object && own.TryGetProperty(name, out var value)
                ? Evaluate(value, resource).Text()
                : names.Resolve(name, resource).Text()));
    }
}

using System.Text.Json;
using Dispatcher.Text;

namespace Dispatcher.Deployment.Templates;

/// <summary>The conditions of a template, each evaluated once.</summary>
/// <param name="declared">The section <c>Conditions</c>.</param>
/// <param name="findings">Receives what cannot be evaluated.</param>
internal sealed class TemplateConditions(IReadOnlyDictionary<string, JsonElement> declared, FindingCollection findings)
{
    private readonly Dictionary<string, bool?> _decided = new(StringComparer.Ordinal);

    /// <summary>Determines whether a condition holds. A condition that cannot be evaluated does not.</summary>
    /// <param name="name">The condition.</param>
    /// <param name="evaluator">Evaluates the values that it compares.</param>
    public bool IsTrue(string name, TemplateEvaluator evaluator)
    {
        var where = $"Conditions.{name}";
        if (_decided.TryGetValue(name, out var known))
        {
            if (known is null)
            {
                findings.Error(where, $"Condition '{name}' depends on itself. Remove the circular reference.");
            }

            return known ?? false;
        }

        if (!declared.TryGetValue(name, out var source))
        {
            findings.Error(where, $"There is no condition "
                + $"'{PayloadText.Shorten(name)}'.{SpellingSuggester.DidYouMean(name, declared.Keys)}");
            return false;
        }

        _decided[name] = null;
        var holds = Decide(source, evaluator, where);
        _decided[name] = holds;
        return holds;
    }

    /// <summary>Evaluates a condition function.</summary>
    public bool Decide(TemplateFunction function, TemplateEvaluator evaluator, string where)
    {
        JsonElement[] items = function.Arguments.ValueKind == JsonValueKind.Array ? [.. function.Arguments.EnumerateArray()] : [];
        switch ((function.Name, items))
        {
            case ("Fn::Equals", [var one, var other]):
                return evaluator.AreEqual(one, other, where);
            case ("Fn::Not", [var inner]):
                return !Decide(inner, evaluator, where);
            case ("Fn::And", [_, _, ..]):
                return items.All(item => Decide(item, evaluator, where));
            case ("Fn::Or", [_, _, ..]):
                return items.Any(item => Decide(item, evaluator, where));
            case ("Fn::Contains", [var list, var wanted]):
                var text = evaluator.Evaluate(wanted, where).Text();
                return evaluator.Evaluate(list, where).Items().Any(item => item.Text() == text);
            default:
                findings.Error(
                    where,
                    $"'{function.Name}' is not a condition with the arguments {PayloadText.Value(function.Arguments)}. Write Fn::Equals, "
                        + $"Fn::Not, Fn::And, Fn::Or or Condition.");
                return false;
        }
    }

    /// <summary>Evaluates a condition.</summary>
    public bool Decide(JsonElement source, TemplateEvaluator evaluator, string where)
    {
        if (source.ValueKind == JsonValueKind.Object && TemplateSections.Text(source, "Condition") is { } name)
        {
            return IsTrue(name, evaluator);
        }

        if (source.ValueKind == JsonValueKind.Object && TemplateFunction.Read(source) is { } function)
        {
            return Decide(function, evaluator, where);
        }

        findings.Error(
            where, $"{PayloadText.Value(source)} is not a condition. Write {{\"Fn::Equals\":[…,…]}} or {{\"Condition\":\"NAME\"}}.");
        return false;
    }
}

using System.Text.Json;
using Dispatcher.Text;

namespace Dispatcher.Deployment.Templates;

/// <summary>The conditions of a template, each evaluated once.</summary>
/// <param name="declared">The section <c>Conditions</c>.</param>
/// <param name="findings">Receives what cannot be evaluated.</param>
internal sealed class TemplateConditions(IReadOnlyDictionary<string, JsonElement> declared, FindingCollection findings)
{
    /// <summary>The functions of the section Rules about the parameters of a kind, which are not evaluated.</summary>
    private static readonly HashSet<string> AboutParameters =
        ["Fn::EachMemberEquals", "Fn::EachMemberIn", "Fn::RefAll", "Fn::ValueOf", "Fn::ValueOfAll"];

    private readonly HashSet<string> _open = new(StringComparer.Ordinal);
    private readonly Dictionary<string, bool?> _decided = new(StringComparer.Ordinal);

    /// <summary>Evaluates a condition. A condition that is wrong does not hold.</summary>
    /// <param name="name">The condition.</param>
    /// <param name="evaluator">Evaluates the values that it compares.</param>
    /// <returns>Whether it holds; <see langword="null"/> if only a deployment knows.</returns>
    public bool? Evaluate(string name, TemplateEvaluator evaluator)
    {
        var where = $"Conditions.{name}";
        if (!_open.Add(name))
        {
            findings.Error(where, $"Condition '{name}' depends on itself. Remove the circular reference.");
            return false;
        }

        try
        {
            return _decided.TryGetValue(name, out var known) ? known : _decided[name] = Find(name, evaluator, where);
        }
        finally
        {
            _open.Remove(name);
        }
    }

    private bool? Find(string name, TemplateEvaluator evaluator, string where)
    {
        if (!declared.TryGetValue(name, out var source))
        {
            findings.Add(
                new Finding(
                    Severity.Error,
                    where,
                    $"There is no condition '{PayloadText.Shorten(name)}'.{SpellingSuggester.DidYouMean(name, declared.Keys)}")
                {
                    Undefined = name,
                });
            return false;
        }

        return Decide(source, evaluator, where);
    }

    /// <summary>Evaluates a condition function.</summary>
    public bool? Decide(TemplateFunction function, TemplateEvaluator evaluator, string where)
    {
        JsonElement[] items = function.Arguments.ValueKind == JsonValueKind.Array ? [.. function.Arguments.EnumerateArray()] : [];
        switch ((function.Name, items))
        {
            case ("Fn::Equals", [var one, var other]):
                return evaluator.AreEqual(one, other, where);
            case ("Fn::Not", [var inner]):
                return !Decide(inner, evaluator, where);
            case ("Fn::And", [_, _, ..]):
                return All(items.Select(item => Decide(item, evaluator, where)));
            case ("Fn::Or", [_, _, ..]):
                return !All(items.Select(item => !Decide(item, evaluator, where)));
            case ("Fn::Contains", [var list, var wanted]):
                var text = evaluator.EvaluateToCompare(wanted, where).Text();
                List<string?> texts = [.. evaluator.EvaluateToCompare(list, where).Items().Select(static item => item.Text())];
                return texts.Contains(text) ? true : texts.Append(text).Any(TemplateNames.IsUnknown) ? null : false;
            case var (name, _) when AboutParameters.Contains(name):
                return null;
            default:
                findings.Error(
                    where,
                    $"'{function.Name}' is not a condition with the arguments {PayloadText.Value(function.Arguments)}. Write Fn::Equals, "
                        + $"Fn::Not, Fn::And, Fn::Or or Condition.");
                return false;
        }
    }

    /// <summary>Combines results as Fn::And does: what is unknown matters only if nothing is false.</summary>
    private static bool? All(IEnumerable<bool?> results)
    {
        bool? all = true;
        foreach (var result in results)
        {
            all &= result;
        }

        return all;
    }

    /// <summary>Evaluates a condition.</summary>
    public bool? Decide(JsonElement source, TemplateEvaluator evaluator, string where)
    {
        if (source.ValueKind == JsonValueKind.Object && TemplateSections.Text(source, "Condition") is { } name)
        {
            return Evaluate(name, evaluator);
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

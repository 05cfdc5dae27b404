using System.Text.Json;
using Dispatcher.Deployment.Templates;
using Dispatcher.EventBridge.Patterns;
using Dispatcher.Text;

namespace Dispatcher.Deployment.Triggers;

/// <summary>A validator that reports the event patterns that EventBridge refuses.</summary>
/// <param name="findings">Receives each problem.</param>
internal sealed class PatternValidator(FindingCollection findings)
{
    /// <summary>The fields of an event outside of <c>detail</c>, all of which are text or lists of text.</summary>
    private static readonly string[] TextFields = ["account", "detail-type", "id", "region", "resources", "source", "time", "version"];

    /// <summary>Checks a pattern.</summary>
    /// <param name="pattern">The pattern, evaluated.</param>
    /// <param name="resource">The rule.</param>
    /// <returns><see langword="false"/> if it is refused. What holds a value that only a deployment knows is not judged.</returns>
    public bool Check(JsonElement pattern, string resource)
    {
        var problems = new List<PatternProblem>();
        EventPattern.Parse(pattern, problems);
        problems.RemoveAll(static problem => problem.Field.Length > 0 && TemplateNames.IsUnknown(problem.Value.GetRawText()));
        foreach (var problem in problems)
        {
            findings.Error(resource, $"EventBridge refuses its event pattern: {problem.Message}");
        }

        var length = JsonSerializer.Serialize(pattern, JsonNodeExtensions.Relaxed).Length;
        if (length > EventPattern.HighestMaxLength)
        {
            findings.Error(
                resource,
                $"Its event pattern has {Quantity.Number(length)} characters; EventBridge accepts at most "
                + $"{Quantity.Number(EventPattern.HighestMaxLength)}. Divide it among several rules.");
        }
        else if (length > EventPattern.DefaultMaxLength)
        {
            findings.Warning(
                resource,
                $"Its event pattern has {Quantity.Number(length)} characters; EventBridge accepts "
                + $"{Quantity.Number(EventPattern.DefaultMaxLength)} unless the quota of the account has been raised. Divide it among "
                + "several rules, or request a higher quota.");
        }

        CheckTextFields(pattern, resource);
        return problems.Count == 0;
    }

    /// <summary>YAML reads the id of an account without quotes as a number.</summary>
    private void CheckTextFields(JsonElement pattern, string resource)
    {
        foreach (var name in TextFields.Where(name => pattern.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array))
        {
            foreach (var value in pattern.GetProperty(name).EnumerateArray().Where(static value =>
                value.ValueKind is JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False))
            {
                findings.Warning(
                    resource,
                    $"Its event pattern compares {name} with {PayloadText.Value(value)}, but {name} is text in every event, so that this "
                    + $"never matches. Quote it: \"{PayloadText.Value(value)}\".");
            }
        }
    }
}

using System.Text.Json;
using Dispatcher.Deployment.Templates;
using Dispatcher.EventBridge.Patterns;
using Dispatcher.Text;

namespace Dispatcher.Deployment.Triggers;

/// <summary>A validator that reports the event patterns that EventBridge refuses.</summary>
/// <param name="findings">Receives each problem.</param>
internal sealed class PatternValidator(FindingCollection findings)
{
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

        return problems.Count == 0;
    }
}

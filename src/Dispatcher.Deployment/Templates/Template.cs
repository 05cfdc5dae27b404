using System.Text.Json;
using System.Text.Json.Nodes;

namespace Dispatcher.Deployment.Templates;

/// <summary>A CloudFormation or SAM template with resolved parameters.</summary>
internal sealed class Template
{
    private static readonly HashSet<string> Types =
    [
        "AWS::Events::Rule", "AWS::Scheduler::Schedule", "AWS::Serverless::Function", "AWS::Lambda::Function",
            "AWS::Lambda::EventSourceMapping",
    ];

    private readonly JsonElement _source;
    private readonly TemplateEvaluator _evaluator;
    private readonly TemplateConditions _conditions;
    private readonly FindingCollection _findings;

    /// <summary>Resolves the parameters.</summary>
    /// <param name="source">The template as written.</param>
    /// <param name="given">Values given by the caller.</param>
    /// <param name="defaults">The deployment defaults.</param>
    /// <param name="findings">Receives every problem.</param>
    /// <exception cref="InvalidSourceException">A value is given for a parameter that does not exist.</exception>
    public Template(JsonElement source, IReadOnlyDictionary<string, string> given, TemplateDefaults defaults, FindingCollection findings)
    {
        _source = source;
        _findings = findings;
        _conditions = new TemplateConditions(
            TemplateSections.List(source, "Conditions").DistinctBy(entry => entry.Name).ToDictionary(
                entry => entry.Name, entry => entry.Value), findings);
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var resource in TemplateSections.List(source, "Resources").Where(resource => !names.Add(resource.Name)))
        {
            findings.Error(resource.Name, "Two resources have this name, and only the last one counts. Rename one.");
        }

        var parameters = new TemplateParameters(source, given, defaults, findings);
        _evaluator = new TemplateEvaluator(
            new TemplateNames(parameters, names, defaults, findings),
            _conditions,
            source.TryGetProperty("Mappings", out var mappings) ? mappings : default,
            findings);
        Resources = [.. Read()];
        Globals = source.TryGetProperty(nameof(Globals), out var globals) ? _evaluator.Evaluate(globals, nameof(Globals)) : null;
    }

    /// <summary>Gets the functions and the resources that start jobs.</summary>
    public IReadOnlyList<TemplateResource> Resources { get; }

    /// <summary>Gets the SAM globals.</summary>
    public JsonNode? Globals { get; }

    /// <summary>Determines whether a placeholder such as <c>${Bus.Name}</c> refers to a resource of this template.</summary>
    public bool IsResource(string placeholder) =>
        TemplateSections.List(_source, "Resources").Any(
            resource => placeholder == $"${{{resource.Name}}}" || placeholder.StartsWith($"${{{resource.Name}.", StringComparison.Ordinal));

    /// <summary>Checks the template's rules, as CloudFormation does before a deployment.</summary>
    public void CheckRules()
    {
        foreach (var rule in TemplateSections.List(_source, "Rules"))
        {
            var where = $"Rules.{rule.Name}";
            if (rule.Value.ValueKind != JsonValueKind.Object
                || (rule.Value.TryGetProperty("RuleCondition", out var condition) && !_conditions.Decide(condition, _evaluator, where))
                || !rule.Value.TryGetProperty("Assertions", out var assertions) || assertions.ValueKind != JsonValueKind.Array)
            {
                continue;
            }

            foreach (var assertion in assertions.EnumerateArray().Where(given => given.ValueKind == JsonValueKind.Object))
            {
                if (assertion.TryGetProperty("Assert", out var assert) && !_conditions.Decide(assert, _evaluator, where))
                {
                    _findings.Error(where, TemplateSections.Text(
                        assertion, "AssertDescription") ?? "The deployment is rejected: an assertion does not hold.");
                }
            }
        }
    }

    private IEnumerable<TemplateResource> Read()
    {
        foreach (var (name, source) in TemplateSections.List(_source, "Resources").Select(entry => (entry.Name, entry.Value)))
        {
            if (TemplateSections.Text(source, "Type") is not { } type || !Types.Contains(type))
            {
                continue;
            }

            var condition = TemplateSections.Text(source, "Condition");
            var properties = source.TryGetProperty("Properties", out var given) ? Evaluate(given, type, name) as JsonObject : null;
            yield return new TemplateResource(
                name, type, condition, condition is null || _conditions.IsTrue(condition, _evaluator), properties ?? []);
        }
    }

    /// <summary>Evaluates only the properties that are read here: others may use unknown functions.</summary>
    private JsonNode? Evaluate(JsonElement properties, string type, string resource)
    {
        if (properties.ValueKind != JsonValueKind.Object || !type.EndsWith("::Function", StringComparison.Ordinal))
        {
            return _evaluator.Evaluate(properties, resource);
        }

        var read = new JsonObject();
        foreach (var property in properties.EnumerateObject().Where(
                     property => property.Name is "Environment" or "Events" or "Handler" or "Timeout"))
        {
            read[property.Name] = _evaluator.Evaluate(property.Value, resource);
        }

        return read;
    }
}

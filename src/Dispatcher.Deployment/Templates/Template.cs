using System.Text.Json;
using System.Text.Json.Nodes;

namespace Dispatcher.Deployment.Templates;

/// <summary>Is a CloudFormation or SAM template with its parameters filled in.</summary>
internal sealed class Template
{
    private static readonly HashSet<string> Types =
    [
        "AWS::Events::Rule", "AWS::Scheduler::Schedule", "AWS::Serverless::Function", "AWS::Lambda::Function", "AWS::Lambda::EventSourceMapping",
    ];

    private readonly JsonElement _source;
    private readonly TemplateEvaluator _evaluator;
    private readonly TemplateConditions _conditions;
    private readonly Findings _findings;

    /// <summary>Fills the parameters in.</summary>
    /// <param name="source">The template as it was written.</param>
    /// <param name="given">Values from the command line.</param>
    /// <param name="defaults">What the file of defaults says.</param>
    /// <param name="findings">Takes what is wrong with the template.</param>
    /// <exception cref="InvalidSourceException">A value is given for a parameter that there is not.</exception>
    public Template(JsonElement source, IReadOnlyDictionary<string, string> given, TemplateDefaults defaults, Findings findings)
    {
        _source = source;
        _findings = findings;
        _conditions = new TemplateConditions(
            TemplateSections.List(source, "Conditions").DistinctBy(entry => entry.Name).ToDictionary(entry => entry.Name, entry => entry.Value), findings);
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

    /// <summary>Gets the resources that start jobs, and the functions.</summary>
    public IReadOnlyList<TemplateResource> Resources { get; }

    /// <summary>Gets what SAM adds to every function.</summary>
    public JsonNode? Globals { get; }

    /// <summary>Says whether a placeholder such as <c>${Bus.Name}</c> stands for a resource of this template.</summary>
    public bool IsResource(string placeholder) =>
        TemplateSections.List(_source, "Resources").Any(
            resource => placeholder == $"${{{resource.Name}}}" || placeholder.StartsWith($"${{{resource.Name}.", StringComparison.Ordinal));

    /// <summary>Asserts the template's own rules, as CloudFormation does before it deploys.</summary>
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
                    _findings.Error(where, TemplateSections.Text(assertion, "AssertDescription") ?? "The deployment is refused: an assertion does not hold.");
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

    /// <summary>Computes what is read here only: the code and the policies of a function may use functions that are not known.</summary>
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

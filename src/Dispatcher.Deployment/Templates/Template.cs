using System.Text.Json;
using System.Text.Json.Nodes;

namespace Dispatcher.Deployment.Templates;

/// <summary>A CloudFormation or SAM template with resolved parameters.</summary>
internal sealed class Template
{
    private static readonly HashSet<string> Types =
    [
        "AWS::Events::Rule", "AWS::Scheduler::Schedule", "AWS::Serverless::Function", "AWS::Serverless::StateMachine",
            "AWS::Lambda::Function", "AWS::Lambda::Alias", "AWS::Lambda::Version", "AWS::Lambda::EventSourceMapping",
    ];

    /// <summary>The properties that are read of functions and state machines, and of what refers to a function.</summary>
    private static readonly HashSet<string> PropertiesRead =
    [
        "Enabled", "Environment", "Events", "EventSourceArn", "FunctionName", "Handler", "Runtime", "StartingPosition", "State", "Timeout",
    ];

    private readonly JsonElement _source;
    private readonly TemplateEvaluator _evaluator;

    /// <summary>Evaluates what is not deployed: CloudFormation does not evaluate it, and it may lack its values.</summary>
    private readonly TemplateEvaluator _lenient;
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
        Defaults = defaults;
        _conditions = new TemplateConditions(
            TemplateSections.List(source, "Conditions").DistinctBy(entry => entry.Name).ToDictionary(
                entry => entry.Name, entry => entry.Value), findings);
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var resource in TemplateSections.List(source, "Resources").Where(resource => !names.Add(resource.Name)))
        {
            findings.Error(resource.Name, "Two resources have this name, and only the last one counts. Rename one.");
        }

        UnexpandedParts.Note(source, findings);
        UnquotedScalars.Check(source, findings);
        var parameters = new TemplateParameters(source, given, defaults, findings);
        _evaluator = CreateEvaluator(findings);
        _lenient = CreateEvaluator(new FindingCollection());
        TemplateEvaluator CreateEvaluator(FindingCollection receiver) => Create(receiver, Create(new FindingCollection(), null));
        TemplateEvaluator Create(FindingCollection receiver, TemplateEvaluator? revealing) => new(
            new TemplateNames(parameters, names, defaults, AreComplete(source), receiver, reveals: revealing is null),
            _conditions,
            source.TryGetProperty("Mappings", out var mappings) ? mappings : default,
            receiver,
            revealing);

        Resources = [.. ReadResources()];
        FunctionGlobals = TemplateSections.List(source, "Globals").Where(static section => section.Name == "Function")
            .Select(section => Evaluate(_evaluator, section.Value, "AWS::Serverless::Function", "Globals")).FirstOrDefault();
    }

    /// <summary>Gets the functions, their aliases and versions, and the resources that start jobs.</summary>
    public IReadOnlyList<TemplateResource> Resources { get; }

    /// <summary>Gets SAM's globals for functions.</summary>
    public JsonNode? FunctionGlobals { get; }

    /// <summary>Gets the deployment defaults.</summary>
    public TemplateDefaults Defaults { get; }

    /// <summary>Finds the type of the resource that a placeholder such as <c>${Queue.Arn}</c> refers to.</summary>
    /// <returns>The type; <see langword="null"/> if it does not refer to a resource of this template.</returns>
    public string? TypeOf(string placeholder) =>
        TemplateSections.List(_source, "Resources").Where(
            resource => placeholder == $"${{{resource.Name}}}" || placeholder.StartsWith($"${{{resource.Name}.", StringComparison.Ordinal))
            .Select(static resource => TemplateSections.Text(resource.Value, "Type")).FirstOrDefault();

    /// <summary>Determines whether a placeholder such as <c>${Bus.Name}</c> refers to a resource of this template.</summary>
    public bool IsResource(string placeholder) => TypeOf(placeholder) is not null;

    /// <summary>Checks the template's rules, as CloudFormation does before a deployment.</summary>
    public void CheckRules()
    {
        foreach (var rule in TemplateSections.List(_source, "Rules"))
        {
            var where = $"Rules.{rule.Name}";
            if (rule.Value.ValueKind != JsonValueKind.Object
                || (rule.Value.TryGetProperty("RuleCondition", out var condition)
                    && _conditions.Decide(condition, _evaluator, where) != true)
                || !rule.Value.TryGetProperty("Assertions", out var assertions) || assertions.ValueKind != JsonValueKind.Array)
            {
                continue;
            }

            foreach (var assertion in assertions.EnumerateArray().Where(given => given.ValueKind == JsonValueKind.Object))
            {
                if (assertion.TryGetProperty("Assert", out var assert) && _conditions.Decide(assert, _evaluator, where) == false)
                {
                    _findings.Error(where, TemplateSections.Text(
                        assertion, "AssertDescription") ?? "The deployment is rejected: an assertion does not hold.");
                }
            }
        }
    }

    /// <summary>A macro, or a loop over resources, adds resources whose names are not in the template.</summary>
    private static bool AreComplete(JsonElement source)
    {
        return UnexpandedParts.Transforms(source).All(static name => name.StartsWith("AWS::Serverless", StringComparison.Ordinal)
                || name.StartsWith("AWS::LanguageExtensions", StringComparison.Ordinal))
            && TemplateSections.List(source, "Resources").All(entry => !entry.Name.StartsWith("Fn::", StringComparison.Ordinal));
    }

    private IEnumerable<TemplateResource> ReadResources()
    {
        foreach (var (name, source) in TemplateSections.List(_source, "Resources").Select(entry => (entry.Name, entry.Value)))
        {
            if (TemplateSections.Text(source, "Type") is not { } type || !Types.Contains(type))
            {
                continue;
            }

            var condition = TemplateSections.Text(source, "Condition");
            var isDeployed = condition is null ? true : _conditions.Evaluate(condition, _evaluator);
            var evaluator = isDeployed == true ? _evaluator : _lenient;
            var properties =
                source.TryGetProperty("Properties", out var given) ? Evaluate(evaluator, given, type, name) as JsonObject : null;
            yield return new TemplateResource(name, type, condition, isDeployed, properties ?? []);
        }
    }

    /// <summary>Evaluates only the properties that are read here: others may use unknown functions.</summary>
    private static JsonNode? Evaluate(TemplateEvaluator evaluator, JsonElement properties, string type, string resource)
    {
        if (properties.ValueKind != JsonValueKind.Object || type.StartsWith("AWS::Events", StringComparison.Ordinal)
            || type.StartsWith("AWS::Scheduler", StringComparison.Ordinal))
        {
            return evaluator.Evaluate(properties, resource);
        }

        var read = new JsonObject();
        foreach (var property in properties.EnumerateObject().Where(
                     property => PropertiesRead.Contains(property.Name)))
        {
            read[property.Name] = evaluator.Evaluate(property.Value, resource);
        }

        return read;
    }
}

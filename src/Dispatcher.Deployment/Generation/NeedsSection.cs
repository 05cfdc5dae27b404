using System.Globalization;
using System.Text.Json.Nodes;
using Dispatcher.Declarations;
using Dispatcher.Hosting;

namespace Dispatcher.Deployment.Generation;

/// <summary>The parameters, rules, conditions, settings, layers and permissions of a deployment or of a shared part.</summary>
/// <param name="template">The template.</param>
/// <param name="asked">The parameters that every deployment of the stack has to give, unless they have a default of their own.</param>
internal sealed class NeedsSection(GeneratedTemplate template, IReadOnlySet<string> asked)
{
    private readonly JsonArray _layers = [];

    /// <summary>Adds parameters and their conditions.</summary>
    /// <param name="needs">What is needed.</param>
    public void AddParameters(DeploymentNeeds needs)
    {
        foreach (var parameter in needs.Parameters)
        {
            GeneratedTemplate.Define(template.Parameters, parameter.Name, Define(parameter, needs));
        }

        template.Show(needs.Label, needs.Parameters.Select(parameter => parameter.Name));
        foreach (var condition in needs.Conditions)
        {
            GeneratedTemplate.Define(template.Conditions, condition.Name, condition.Value is { } value
                ? CloudFormation.IsEqual(condition.Parameter, value)
                : CloudFormation.IsNotEmpty(condition.Parameter));
        }
    }

    /// <summary>Adds a rule that refuses a deployment in which a required parameter is empty.</summary>
    /// <param name="needs">What is needed.</param>
    /// <param name="switches">The parameters that enable the deployments.</param>
    public void AddRule(DeploymentNeeds needs, IReadOnlyList<string> switches)
    {
        if (needs.Required.Count == 0)
        {
            return;
        }

        var disable = $"set {JoinWords(switches)} to false";
        GeneratedTemplate.Define(template.Rules, $"{needs.Prefix}Parameters", new JsonObject
        {
            ["RuleCondition"] = CloudFormation.Or([.. switches.Select(name => CloudFormation.IsEqual(name, "true"))]),
            ["Assertions"] = new JsonArray([.. needs.Required.Distinct().Select(parameter => new JsonObject
            {
                ["Assert"] = CloudFormation.IsNotEmpty(parameter),
                ["AssertDescription"] = $"Set {parameter}, or {disable}.",
            })]),
        });
    }

    /// <summary>Adds environment variables and layers to the function.</summary>
    /// <param name="needs">What is needed.</param>
    /// <exception cref="InvalidSourceException">Another deployment sets the same variable.</exception>
    public void AddSettings(DeploymentNeeds needs)
    {
        var variables = (JsonObject)template.Properties(GeneratedNames.Function)["Environment"]!["Variables"]!;
        foreach (var setting in needs.Settings)
        {
            if (!variables.TryAdd(setting.Name, Value(setting, needs.Condition)))
            {
                throw new InvalidSourceException($"'{needs.Name}' sets the variable {setting.Name}, which is set already. Remove it, or "
                    + "declare it once for several deployments: deploy.Share(\"…\", shared => shared.Setting(…)).");
            }
        }

        foreach (var layer in needs.Layers)
        {
            _layers.Add(CloudFormation.If(needs.Condition, CloudFormation.Text(layer), CloudFormation.NoValue));
        }
    }

    /// <summary>Sets the layers of the function.</summary>
    public void AddLayers()
    {
        // A list in the condition, so that the function has no property for layers if the only one is not needed.
        if (_layers is [JsonObject only])
        {
            var parts = (JsonArray)only["Fn::If"]!;
            template.Properties(GeneratedNames.Function)["Layers"] =
                CloudFormation.If((string)parts[0]!, new JsonArray(parts[1]!.DeepClone()), CloudFormation.NoValue);
        }
        else if (_layers.Count > 1)
        {
            template.Properties(GeneratedNames.Function)["Layers"] = _layers;
        }
    }

    /// <summary>Adds the policies.</summary>
    /// <param name="needs">What is needed.</param>
    /// <param name="name">The name of the policy.</param>
    /// <param name="roles">The roles that have the permissions of the job.</param>
    public void AddPolicies(DeploymentNeeds needs, string name, JsonArray roles)
    {
        var ofFunction = needs.Permissions.Where(permission => permission.IsOfFunction).ToList();
        var ofJob = needs.Permissions.Where(permission => !permission.IsOfFunction).ToList();
        AddPolicy(needs, $"{needs.Prefix}Policy", name, ofJob, roles);
        var (id, functionName) = ofJob.Count == 0
            ? ($"{needs.Prefix}Policy", name)
            : ($"{needs.Prefix}FunctionPolicy", $"{name}-function");
        AddPolicy(needs, id, functionName, ofFunction, new JsonArray(CloudFormation.Ref(GeneratedNames.Role)));
    }

    private void AddPolicy(DeploymentNeeds needs, string id, string name, List<JobPermission> permissions, JsonArray roles)
    {
        if (permissions.Count == 0)
        {
            return;
        }

        HashSet<string> lists = [.. needs.Parameters.Where(parameter => parameter.IsList).Select(parameter => parameter.Name)];
        if (needs is DeploymentDescription deployment)
        {
            lists.UnionWith(deployment.Shared.SelectMany(shared => shared.Parameters)
                .Where(parameter => parameter.IsList).Select(parameter => parameter.Name));
        }

        GeneratedTemplate.Define(template.Resources, id, new JsonObject
        {
            ["Type"] = "AWS::IAM::Policy",
            ["Condition"] = needs.Condition,
            ["Properties"] = new JsonObject
            {
                ["PolicyName"] = name,
                ["Roles"] = roles,
                ["PolicyDocument"] = new JsonObject
                {
                    ["Version"] = "2012-10-17",
                    ["Statement"] = PolicyStatement.CreateAll(permissions, lists),
                },
            },
        });
    }

    private JsonObject Define(DeploymentParameter parameter, DeploymentNeeds needs)
    {
        var definition = new JsonObject { ["Type"] = parameter.IsNumber ? "Number" : "String" };
        if (parameter.Default is { } value && (value.Length > 0 || !asked.Contains(parameter.Name)))
        {
            definition["Default"] = parameter.IsNumber ? long.Parse(value, CultureInfo.InvariantCulture) : value;
        }

        if (parameter.Pattern is { } pattern)
        {
            definition["AllowedPattern"] = pattern;
        }

        if (parameter.AllowedValues.Count > 0)
        {
            definition["AllowedValues"] = new JsonArray([.. parameter.AllowedValues.Select(allowed => JsonValue.Create(allowed))]);
        }

        if (parameter.Minimum is { } minimum)
        {
            definition["MinValue"] = minimum;
        }

        if (parameter.Maximum is { } maximum)
        {
            definition["MaxValue"] = maximum;
        }

        definition["Description"] = parameter.Description ?? Describe(parameter, needs);
        return definition;
    }

    private static string Describe(DeploymentParameter parameter, DeploymentNeeds needs) =>
        needs.Settings.FirstOrDefault(setting => setting.Text == $"${{{parameter.Name}}}") is { } setting
            ? $"The setting {setting.Name} of {needs.Name}."
            : $"A parameter of {needs.Name}.";

    private static JsonNode Value(DeclaredSetting setting, string condition)
    {
        var value = CloudFormation.Text(setting.Text);
        if (setting.Separator is { } separator)
        {
            var split = new JsonObject { ["Fn::Split"] = new JsonArray(separator.ToString(), value) };
            value = new JsonObject { ["Fn::Select"] = new JsonArray(setting.Part, split) };
        }

        if (setting.When is { } when)
        {
            value = CloudFormation.If(when, value, Optional(setting.Otherwise));
        }

        return setting.Always ? value : CloudFormation.If(condition, value, Optional(setting.WhileDisabled));
    }

    private static JsonNode Optional(string? text) => text is null ? CloudFormation.NoValue : CloudFormation.Text(text);

    private static string JoinWords(IReadOnlyList<string> words) =>
        words.Count == 1 ? words[0] : $"{string.Join(", ", words.SkipLast(1))} and {words[^1]}";
}

using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;

namespace Dispatcher.Function.Tests.Template;

/// <summary>The resources in moto after a deployment of <c>serverless.template</c>.</summary>
internal sealed class Deployment(JsonElement content)
{
    private static readonly Lazy<Task<IReadOnlyDictionary<Variant, Deployment>>> All = new(DeployAllAsync);

    /// <summary>Gets the names that CloudFormation gave, by those of the template.</summary>
    public IReadOnlyDictionary<string, string> Resources { get; } =
        content.GetProperty("resources").EnumerateObject().ToDictionary(resource => resource.Name, resource => resource.Value.GetString()!);

    public IReadOnlyList<JsonElement> Rules { get; } = [.. content.GetProperty("rules").EnumerateArray()];

    public IReadOnlyList<Alarm> Alarms { get; } = [.. content.GetProperty("alarms").EnumerateArray().Select(alarm => new Alarm(alarm))];

    /// <summary>Gets the environment of the function.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; } =
        content.GetProperty("function").GetProperty("Environment").GetProperty("Variables").EnumerateObject()
            .ToDictionary(variable => variable.Name, variable => (string?)variable.Value.ToString());

    /// <summary>Gets the statements of the role, by the name of their policy.</summary>
    public IReadOnlyDictionary<string, JsonElement[]> Policies { get; } =
        content.GetProperty("policies")
            .EnumerateObject().ToDictionary(policy => policy.Name, policy => policy.Value.EnumerateArray().ToArray());

    /// <summary>
    /// Gets what EventBridge hands to the function: for each rule and target of the function, what a sample event becomes.
    /// </summary>
    public IEnumerable<string> FunctionInputs => Rules.Select(FunctionInput);

    public JsonElement this[string member] => content.GetProperty(member);

    /// <summary>
    /// Finds a deployment. All are made at the first call, in one process: to start Python and to load moto takes longer than to deploy.
    /// </summary>
    public static async Task<Deployment> OfAsync(Variant variant) => (await All.Value)[variant];

    /// <summary>Deploys another template.</summary>
    /// <param name="template">The file.</param>
    /// <param name="parameters">Its parameters, as <c>NAME=VALUE</c>.</param>
    public static async Task<Deployment> OfAsync(string template, params string[] parameters)
    {
        var (exitCode, output) = await PythonTool.RunAsync(ServerlessTemplate.DeployScript, template, ToJson(parameters));

        Assert.That(exitCode, Is.Zero, output);
        return new Deployment(JsonElement.Parse(output)[0]);
    }

    /// <summary>Finds the rule of a resource.</summary>
    public JsonElement Rule(string resource) =>
        Rules.Single(rule => rule.GetProperty("Name").GetString()!.Contains($"-{resource}-", StringComparison.Ordinal));

    /// <summary>Gets what EventBridge hands to the function when the rule of a resource fires.</summary>
    public string FunctionInput(string resource) => FunctionInput(Rule(resource));

    /// <summary>Finds the attributes of the queue of a resource.</summary>
    public JsonElement Queue(string resource) => content.GetProperty("queues").GetProperty(QueueName(resource));

    /// <summary>Gets the name of the queue of a resource.</summary>
    public string QueueName(string resource) => Resources[resource].Split('/')[^1];

    /// <summary>Makes the function's configuration, as environment variables make it.</summary>
    /// <param name="variables">Variables that are added, or take the place of the template's.</param>
    public IConfiguration Configuration(params IEnumerable<(string Name, string Value)> variables)
    {
        var environment = new Dictionary<string, string?>(Environment);
        foreach (var (name, value) in variables)
        {
            environment[name] = value;
        }

        return new ConfigurationBuilder()
            .AddInMemoryCollection(
                environment.Select(
                    variable => KeyValuePair.Create(variable.Key.Replace("__", ":", StringComparison.Ordinal), variable.Value)))
            .Build();
    }

    private static string FunctionInput(JsonElement rule) =>
        RuleTarget.Deliver(
            rule.GetProperty("Targets").EnumerateArray().Single(target => target.GetProperty("Id").GetString() == "dispatcher"),
            RuleTarget.Sample(rule));

    private static async Task<IReadOnlyDictionary<Variant, Deployment>> DeployAllAsync()
    {
        var (exitCode, output) = await PythonTool.RunAsync(
            [ServerlessTemplate.DeployScript, ServerlessTemplate.Path, .. Variants.All.Select(variant => ToJson(variant.Parameters))]);

        Assert.That(exitCode, Is.Zero, output);
        return Variants.All.Zip(JsonElement.Parse(output).EnumerateArray(), KeyValuePair.Create)
            .ToDictionary(pair => pair.Key, pair => new Deployment(pair.Value));
    }

    /// <summary>Writes parameters; of one that is given twice, the last counts.</summary>
    private static string ToJson(string[] parameters)
    {
        var values = new JsonObject();
        foreach (var parameter in parameters)
        {
            var (name, value) = parameter.Split('=', 2) is [var first, var rest]
                ? (first, rest)
                : throw new ArgumentException($"'{parameter}' is not NAME=VALUE.", nameof(parameters));
            values[name] = value;
        }

        return values.ToJsonString();
    }
}

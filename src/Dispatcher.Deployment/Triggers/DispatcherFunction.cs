using System.Text.Json.Nodes;
using Dispatcher.Deployment.Templates;

namespace Dispatcher.Deployment.Triggers;

/// <summary>A function of a template that runs the dispatcher.</summary>
/// <param name="Resource">The logical id.</param>
/// <param name="Timeout">The time limit of an invocation.</param>
/// <param name="Environment">Its environment variables; a value known only to a deployment is a placeholder.</param>
public sealed record DispatcherFunction(string Resource, TimeSpan Timeout, IReadOnlyDictionary<string, string> Environment)
{
    private const string Handler = "Dispatcher.Function";

    /// <summary>Lambda's default timeout in seconds.</summary>
    private const int DefaultTimeout = 3;

    /// <summary>
    /// Finds the functions that run the dispatcher: those whose handler is this project's. If no function has this handler, every function
    /// counts.
    /// </summary>
    internal static IReadOnlyList<DispatcherFunction> FindAll(Template template)
    {
        List<TemplateResource> functions =
            [.. template.Resources.Where(resource => resource.Type is "AWS::Serverless::Function" or "AWS::Lambda::Function")];
        List<TemplateResource> own =
            [.. functions.Where(
                function => function.Properties[nameof(Handler)].Text()?.StartsWith(Handler, StringComparison.Ordinal) == true)];
        return [.. (own.Count > 0 ? own : functions).Select(function => Read(function, template.Globals.Field("Function")))];
    }

    /// <summary>Determines whether an address belongs to this function, or to one of its aliases or versions.</summary>
    internal bool Matches(string arn) =>
        arn.StartsWith($"${{{Resource}}}", StringComparison.Ordinal) || arn.StartsWith($"${{{Resource}.", StringComparison.Ordinal)
        || arn.StartsWith($"${{{Resource}Alias", StringComparison.Ordinal)
        || arn.EndsWith($":function:${{{Resource}}}", StringComparison.Ordinal);

    private static DispatcherFunction Read(TemplateResource function, JsonNode? globals)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var source in (JsonNode?[])[globals, function.Properties])
        {
            foreach (var (name, value) in source.Field(nameof(Environment)).Field("Variables") as JsonObject ?? [])
            {
                if (value.Text() is { } text)
                {
                    variables[name] = text;
                }
            }
        }

        var timeout = function.Properties[nameof(Timeout)].Number() ?? globals.Field(nameof(Timeout)).Number() ?? DefaultTimeout;
        return new DispatcherFunction(function.Name, TimeSpan.FromSeconds(Math.Clamp(timeout, 0, 900)), variables);
    }
}

using System.Text.Json.Nodes;
using Dispatcher.Deployment.Templates;
using Dispatcher.Text;

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

    /// <summary>Lambda's longest timeout in seconds.</summary>
    private const int MaxTimeout = 900;

    /// <summary>Gets the value of FunctionName, if the template sets it.</summary>
    internal string? FunctionName { get; init; }

    /// <summary>Gets the logical ids that stand for the function: its own, and those of its aliases and versions.</summary>
    internal IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>
    /// Finds the functions that run the dispatcher: the named one, else those whose handler is this project's, else each that may be a
    /// program of .NET. A custom runtime or an image may be anything: it counts if what starts it sends a job.
    /// </summary>
    /// <param name="template">The template.</param>
    /// <param name="triggers">The triggers of the template.</param>
    /// <param name="name">The logical id or the name of the function, if the caller knows it.</param>
    /// <exception cref="InvalidSourceException">There is no such function.</exception>
    internal static IReadOnlyList<DispatcherFunction> FindAll(
        Template template, IReadOnlyList<Trigger> triggers, string? name)
    {
        List<TemplateResource> functions =
            [.. template.Resources.Where(resource => resource.Type is "AWS::Serverless::Function" or "AWS::Lambda::Function")];
        if (name is not null)
        {
            var named = functions.Find(function => function.Name == name || function.Properties[nameof(FunctionName)].Text() == name)
                ?? throw new InvalidSourceException(
                    $"The template has no function '{name}'.{SpellingSuggester.DidYouMean(name, functions.Select(one => one.Name))} "
                    + $"Functions: {(functions.Count == 0 ? "none" : string.Join(", ", functions.Select(one => one.Name)))}.");
            return [Read(named, template)];
        }

        List<TemplateResource> own =
            [.. functions.Where(function => HandlerOf(function, template)?.StartsWith(Handler, StringComparison.Ordinal) == true)];
        return own.Count > 0
            ? [.. own.Select(function => Read(function, template))]
            : [.. functions.Select(function => (Function: Read(function, template), IsProgram: IsProgram(function, template)))
                .Where(found => found.IsProgram ?? ReceivesJobs(found.Function, triggers))
                .Select(static found => found.Function)];
    }

    /// <summary>Determines whether an address belongs to this function, or to one of its aliases or versions.</summary>
    internal bool Matches(string arn)
    {
        const string marker = ":function:";
        var target = arn[(arn.LastIndexOf(marker, StringComparison.Ordinal) is >= 0 and var start ? start + marker.Length : 0)..];
        if (target.StartsWith("${", StringComparison.Ordinal) && target.IndexOfAny(['.', '}']) is > 0 and var end)
        {
            var resource = target[2..end];
            return Names.Contains(resource) || resource.StartsWith($"{Resource}Alias", StringComparison.Ordinal)
                || resource.StartsWith($"{Resource}Version", StringComparison.Ordinal);
        }

        return FunctionName is { } name && (target == name || target.StartsWith($"{name}:", StringComparison.Ordinal));
    }

    /// <summary>
    /// Determines whether a function is a program of .NET, whose handler is the name of its assembly and not a method of a class.
    /// </summary>
    /// <returns>Whether it is; <see langword="null"/> if the template does not tell.</returns>
    private static bool? IsProgram(TemplateResource function, Template template)
    {
        var runtime = Setting(function, template, "Runtime");
        if (runtime is null || TemplateNames.IsUnknown(runtime) || runtime.StartsWith("provided", StringComparison.Ordinal))
        {
            return null;
        }

        return runtime.StartsWith("dotnet", StringComparison.Ordinal)
            && HandlerOf(function, template)?.Contains("::", StringComparison.Ordinal) != true;
    }

    /// <summary>Determines whether something sends a job to a function, or nothing is known to start it.</summary>
    private static bool ReceivesJobs(DispatcherFunction function, IReadOnlyList<Trigger> triggers)
    {
        List<TriggerTarget> targets =
            [.. triggers.SelectMany(static trigger => trigger.Targets).Where(target => function.Matches(target.Arn))];
        return targets.Count == 0
            || targets.Exists(
                target => (target.Input ?? target.Transformer?.Template)?.Contains("\"job\"", StringComparison.Ordinal) == true);
    }

    private static string? HandlerOf(TemplateResource function, Template template) => Setting(function, template, nameof(Handler));

    private static string? Setting(TemplateResource function, Template template, string property) =>
        (function.Properties[property] ?? template.FunctionGlobals.Field(property)).Text();

    private static DispatcherFunction Read(TemplateResource function, Template template)
    {
        var globals = template.FunctionGlobals;
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

        // Of a time limit that only a deployment knows, nothing is said but what holds for the longest.
        var limit = function.Properties[nameof(Timeout)] ?? globals.Field(nameof(Timeout));
        var timeout = TemplateNames.IsUnknown(limit.Text()) ? MaxTimeout : limit.Number() ?? DefaultTimeout;
        var read = new DispatcherFunction(function.Name, TimeSpan.FromSeconds(Math.Clamp(timeout, 0, MaxTimeout)), variables)
        {
            FunctionName = function.Properties[nameof(FunctionName)].Text(),
            Names = [function.Name],
        };
        var others = template.Resources.Where(resource => resource.Type is "AWS::Lambda::Alias" or "AWS::Lambda::Version"
            && resource.Properties[nameof(FunctionName)].Text() is { } name && read.Matches(name));
        return read with { Names = [function.Name, .. others.Select(static other => other.Name)] };
    }
}

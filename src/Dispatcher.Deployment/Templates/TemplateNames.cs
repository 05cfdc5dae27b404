using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Dispatcher.Text;

namespace Dispatcher.Deployment.Templates;

/// <summary>The names of a template, resolved: parameters, resources and pseudo parameters.</summary>
/// <param name="parameters">The parameters.</param>
/// <param name="resources">The names of the resources.</param>
/// <param name="defaults">The deployment defaults.</param>
/// <param name="findings">Receives unknown names.</param>
internal sealed partial class TemplateNames(
    TemplateParameters parameters, IReadOnlySet<string> resources, TemplateDefaults defaults, FindingCollection findings)
{
    /// <summary>A sample account id for the account of the deployment.</summary>
    public const string Account = "123456789012";

    private readonly Dictionary<string, string> _pseudo = new(StringComparer.Ordinal)
    {
        ["AWS::AccountId"] = Account,
        ["AWS::NoValue"] = string.Empty,
        ["AWS::Partition"] = "aws",
        ["AWS::Region"] = defaults.Region,
        ["AWS::StackId"] = $"arn:aws:cloudformation:{defaults.Region}:{Account}:stack/{defaults.StackName}",
        ["AWS::StackName"] = defaults.StackName,
        ["AWS::URLSuffix"] = "amazonaws.com",
    };

    /// <summary>Determines whether a text contains a value that only a deployment knows.</summary>
    public static bool IsUnknown(string? text) => text is not null && Placeholder().IsMatch(text);

    /// <summary>Resolves a name.</summary>
    /// <param name="name">The name: <c>Bucket</c>, <c>Function.Arn</c>, <c>AWS::Region</c>.</param>
    /// <param name="resource">The resource that uses the name, for findings.</param>
    /// <returns>Its value; for a resource a placeholder such as <c>${Function.Arn}</c>.</returns>
    public JsonNode? Resolve(string name, string resource)
    {
        if (parameters.TryFind(name, out var value))
        {
            return value;
        }

        if (_pseudo.TryGetValue(name, out var own))
        {
            return JsonValue.Create(own);
        }

        // SAM makes resources of its own, whose names begin with that of the one they are made for.
        var owner = name.Split('.')[0];
        if (!resources.Contains(owner) && !resources.Any(known => owner.StartsWith(known, StringComparison.Ordinal)))
        {
            var hint = SpellingSuggester.DidYouMean(owner, resources.Concat(parameters.Names).Concat(_pseudo.Keys));
            findings.Error(resource, $"'{PayloadText.Shorten(name)}' is neither a parameter nor a resource.{hint}");
        }

        return JsonValue.Create($"${{{name}}}");
    }

    [GeneratedRegex(@"\$\{[A-Za-z][A-Za-z0-9.:]*\}|\{\{resolve:")]
    private static partial Regex Placeholder();
}

using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Dispatcher.Text;

namespace Dispatcher.Deployment.Templates;

/// <summary>The names of a template, resolved: parameters, resources and pseudo parameters.</summary>
/// <param name="parameters">The parameters.</param>
/// <param name="resources">The names of the resources.</param>
/// <param name="defaults">The deployment defaults.</param>
/// <param name="areComplete">Whether no macro adds resources to the template.</param>
/// <param name="findings">Receives unknown names.</param>
/// <param name="reveals">Whether NoEcho parameters have their values, which must not be shown.</param>
internal sealed partial class TemplateNames(
    TemplateParameters parameters,
    IReadOnlySet<string> resources,
    TemplateDefaults defaults,
    bool areComplete,
    FindingCollection findings,
    bool reveals = false)
{
    /// <summary>A sample account id for the account of the deployment.</summary>
    public const string SampleAccount = "123456789012";

    /// <summary>A sample region for the region of the deployment.</summary>
    public const string SampleRegion = "us-east-1";

    /// <summary>What begins the names of the resources that SAM adds for the whole template.</summary>
    private static readonly string[] OfSam = ["ServerlessRestApi", "ServerlessHttpApi", "ServerlessDeploymentApplication", "CodeDeploy"];

    private readonly Dictionary<string, string> _pseudo = new(StringComparer.Ordinal)
    {
        ["AWS::AccountId"] = defaults.Account ?? SampleAccount,
        ["AWS::NoValue"] = string.Empty,
        ["AWS::Partition"] = "aws",
        ["AWS::Region"] = defaults.Region ?? SampleRegion,
        ["AWS::StackId"] = $"arn:aws:cloudformation:{defaults.Region ?? SampleRegion}:{defaults.Account ?? SampleAccount}:stack/"
            + $"{defaults.StackName}/51af3dc0-da77-11e4-872e-1234567db123",
        ["AWS::StackName"] = defaults.StackName,
        ["AWS::URLSuffix"] = "amazonaws.com",
    };

    /// <summary>Creates the text that stands for the value of a NoEcho parameter in everything that is made of it.</summary>
    public static string SecretOf(string parameter) => $"<NoEcho parameter {parameter}>";

    /// <summary>Determines whether a text contains the place of a value that must not be shown.</summary>
    public static bool IsSecret(string? text) => text is not null && Secret().IsMatch(text);

    /// <summary>
    /// Determines whether a text contains a value that only a deployment knows, or one that must not be shown: nothing is said about it.
    /// </summary>
    public static bool IsUnknown(string? text) => text is not null && (Placeholder().IsMatch(text) || IsSecret(text));

    /// <summary>Keeps of a text what a placeholder may contain.</summary>
    public static string ToPlaceholder(string? text) => NotOfPlaceholder().Replace(text ?? string.Empty, "_");

    /// <summary>Determines whether a text contains the sample account or region, which nobody gave.</summary>
    public bool IsAssumed(string? text) => text is not null
        && ((defaults.Account is null && text.Contains(SampleAccount, StringComparison.Ordinal))
            || (defaults.Region is null && text.Contains(SampleRegion, StringComparison.Ordinal)));

    /// <summary>Resolves a name.</summary>
    /// <param name="name">The name: <c>Bucket</c>, <c>Function.Arn</c>, <c>AWS::Region</c>.</param>
    /// <param name="resource">The resource that uses the name, for findings.</param>
    /// <returns>Its value; for a resource a placeholder such as <c>${Function.Arn}</c>.</returns>
    public JsonNode? Resolve(string name, string resource)
    {
        if (parameters.TryFind(name, reveals, out var value))
        {
            return value;
        }

        if (_pseudo.TryGetValue(name, out var own))
        {
            return JsonValue.Create(own);
        }

        if (name == "AWS::NotificationARNs")
        {
            return new JsonArray($"${{{name}}}");
        }

        // SAM adds resources, whose names begin with that of the one they are made for.
        var owner = name.Split('.')[0];
        if (areComplete && !resources.Concat(OfSam).Any(known => owner.StartsWith(known, StringComparison.Ordinal)))
        {
            var hint = SpellingSuggester.DidYouMean(owner, resources.Concat(parameters.Names).Concat(_pseudo.Keys));
            findings.Add(
                new Finding(Severity.Error, resource, $"'{PayloadText.Shorten(name)}' is neither a parameter nor a resource.{hint}")
                {
                    Undefined = owner,
                });
        }

        return JsonValue.Create($"${{{name}}}");
    }

    [GeneratedRegex("[^A-Za-z0-9_]+")]
    private static partial Regex NotOfPlaceholder();

    // The escape is that of JSON.
    [GeneratedRegex(@"(<|\\u003[cC])NoEcho parameter [A-Za-z0-9]", RegexOptions.ExplicitCapture)]
    private static partial Regex Secret();

    [GeneratedRegex(@"\$\{[A-Za-z][A-Za-z0-9.:_-]*\}|\{\{resolve:")]
    private static partial Regex Placeholder();
}

using System.Text.Json;
using Dispatcher.Deployment.Templates;

namespace Dispatcher.Deployment.Tests.Templates;

/// <summary>Reads small templates for tests.</summary>
internal static class Read
{
    /// <summary>Computes a value as the Description of a rule would have it.</summary>
    public static string? Value(string value, out FindingCollection findings, string sections = "", params string[] parameters)
    {
        var template = Template(
            $$"""{ {{sections}}"Resources":{"Bucket":{"Type":"AWS::S3::Bucket"},"Rule":{"Type":"AWS::Events::Rule","Properties":{"Description":{{value}},"Other":1} } } }""",
            out findings,
            parameters);
        return template.Resources.Single().Properties["Description"]?.ToJsonString(JsonNodeExtensions.Relaxed);
    }

    public static Template Template(string json, out FindingCollection findings, params string[] parameters)
    {
        findings = new FindingCollection();
        return new Template(
            JsonElement.Parse(json),
            parameters.Select(parameter => parameter.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]),
            new TemplateDefaults(new Dictionary<string, string>(), "eu-central-1", "maintenance"),
            findings);
    }
}

using System.Text.Json;

namespace Dispatcher.Deployment.Templates;

/// <summary>Functions that find what a deployment adds to a template and an inspection does not see.</summary>
internal static class UnexpandedParts
{
    private const string Loop = "Fn::ForEach";

    /// <summary>The transforms whose results are known: SAM is read as it is, and the language extensions add functions.</summary>
    private static readonly HashSet<string> Read = ["AWS::Serverless-2016-10-31", "AWS::LanguageExtensions"];

    /// <summary>Notes each macro, inclusion, loop and nested template.</summary>
    /// <param name="template">The template.</param>
    /// <param name="findings">Receives the notes.</param>
    public static void Note(JsonElement template, FindingCollection findings)
    {
        foreach (var name in Transforms(template).Where(name => !Read.Contains(name)))
        {
            findings.Note("Transform", $"{name} is not run, so what it adds or changes is not checked.");
        }

        foreach (var section in (string[])["Conditions", "Resources"])
        {
            foreach (var entry in TemplateSections.List(template, section))
            {
                if (entry.Name.StartsWith("Fn::", StringComparison.Ordinal))
                {
                    NoteFunction($"{section}.{entry.Name}", entry, findings);
                }
                else if (section == "Resources")
                {
                    NoteResource(entry, findings);
                }
            }
        }
    }

    /// <summary>Determines whether a field of an object is a loop, whose results take its place.</summary>
    public static bool IsLoop(string field) => field == Loop || field.StartsWith($"{Loop}::", StringComparison.Ordinal);

    /// <summary>Notes a loop within a resource.</summary>
    public static void NoteLoop(string field, string resource, FindingCollection findings) =>
        findings.Note(resource, $"The loop {field} is not expanded, so what it creates is not checked.");

    /// <summary>Lists the names of the transforms of a template.</summary>
    public static IEnumerable<string> Transforms(JsonElement template)
    {
        var given = template.TryGetProperty("Transform", out var transform) ? transform : default;
        IEnumerable<JsonElement> all = given.ValueKind switch
        {
            JsonValueKind.Array => given.EnumerateArray(),
            JsonValueKind.Undefined => [],
            _ => [given],
        };
        return all.Select(static macro => macro.ValueKind == JsonValueKind.String
            ? macro.GetString()!
            : TemplateSections.Text(macro, "Name") ?? "A macro");
    }

    private static void NoteFunction(string place, JsonProperty entry, FindingCollection findings)
    {
        if (IsLoop(entry.Name))
        {
            NoteLoop(entry.Name, place, findings);
        }
        else
        {
            findings.Note(place, $"{TemplateSections.Text(entry.Value, "Name") ?? entry.Name} is not run, so what it adds is not checked.");
        }
    }

    private static void NoteResource(JsonProperty resource, FindingCollection findings)
    {
        if (TemplateSections.Text(resource.Value, "Type") is "AWS::CloudFormation::Stack" or "AWS::Serverless::Application")
        {
            findings.Note(resource.Name, "The nested template is not read, so what it starts is not checked. Check its file as well.");
        }
    }
}

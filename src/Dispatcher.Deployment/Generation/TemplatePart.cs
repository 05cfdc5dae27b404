using System.Text.Json.Nodes;

namespace Dispatcher.Deployment.Generation;

/// <summary>The parts of every template, which are files of this assembly.</summary>
internal static class TemplatePart
{
    /// <summary>Reads a part.</summary>
    /// <param name="name">The name of its file.</param>
    public static JsonObject Read(string name)
    {
        using var stream = typeof(TemplatePart).Assembly.GetManifestResourceStream(typeof(TemplatePart), $"Parts.{name}.json")
            ?? throw new ArgumentException($"The assembly has no part '{name}'.", nameof(name));
        return (JsonObject)JsonNode.Parse(stream)!;
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;

namespace Dispatcher.Hosting;

/// <summary>
/// The schema of parameters as a resource of their assembly, <c>FULL.NAME.OF.THE.TYPE.schema.json</c>. A cold start that lists all jobs
/// reads it instead of creating the JSON contracts of all parameters.
/// </summary>
internal static class EmbeddedSchema
{
    /// <summary>Reads the schema of a type.</summary>
    /// <returns>A new schema; <see langword="null"/> if the assembly has none, or one that is not a JSON object.</returns>
    public static JsonObject? Read(Type parameters)
    {
        using var schema = parameters.Assembly.GetManifestResourceStream($"{parameters.FullName}.schema.json");
        return schema is null ? null : Parse(schema);
    }

    /// <summary>Parses a schema. One that cannot be read must not fail the list of all jobs.</summary>
    internal static JsonObject? Parse(Stream schema)
    {
        try
        {
            return JsonNode.Parse(schema) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

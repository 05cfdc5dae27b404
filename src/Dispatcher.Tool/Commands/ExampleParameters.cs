using System.Text.Json.Nodes;
using Dispatcher.Hosting;
using Microsoft.Extensions.Configuration;

namespace Dispatcher.Tool.Commands;

/// <summary>Values of a job's parameters for examples, chosen by the schema of the parameters.</summary>
internal static class ExampleParameters
{
    private const int MaxOptions = 2;
    private const int LongestText = 30;

    /// <summary>Creates the options that set parameters.</summary>
    /// <param name="job">The job, if there is one.</param>
    /// <returns>Up to two options, each after a blank; <c>-p name=value</c> if the job has no parameter with a simple value.</returns>
    public static string CreateOptions(JobDescriptor? job)
    {
        var options = string.Concat(Choose(job).Take(MaxOptions).Select(chosen => $" -p {chosen.Name}={chosen.Value}"));
        return options.Length > 0 ? options : " -p name=value";
    }

    /// <summary>Creates a payload.</summary>
    /// <param name="job">The job, if there is one.</param>
    /// <returns>The payload in one line, without a single quote.</returns>
    public static string CreatePayload(JobDescriptor? job)
    {
        var payload = new JsonObject { ["job"] = job?.Name ?? "JOB" };
        var parameters = new JsonObject(Choose(job).Take(1).Select(chosen => KeyValuePair.Create(chosen.Name, (JsonNode?)chosen.Value)));
        if (parameters.Count > 0)
        {
            payload["parameters"] = parameters;
        }

        return payload.ToJsonString().Replace("'", "\\u0027", StringComparison.Ordinal);
    }

    /// <summary>
    /// Creates values for a run: of the parameters that are required or have an example, unless the environment has them.
    /// </summary>
    /// <param name="job">The job.</param>
    /// <param name="configuration">The environment.</param>
    /// <returns>The values by the names of the parameters, as they are written on the command line.</returns>
    public static IReadOnlyDictionary<string, string> CreateForRun(JobDescriptor job, IConfiguration configuration)
    {
        var properties = job.Parameters.CreateSchema()["properties"] as JsonObject ?? [];
        return job.Parameters.All
            .Where(parameter => parameter is { IsRequired: true } or { Example: not null })
            .Where(parameter => parameter.ConfigurationKey is not { } key || string.IsNullOrWhiteSpace(configuration[key]))
            .ToDictionary(
                static parameter => parameter.Name,
                parameter => parameter.Example
                    ?? CreateValue(parameter.Name, properties[parameter.Name] as JsonObject ?? [])?.ToString()
                    ?? parameter.Name.ToUpperInvariant(),
                StringComparer.Ordinal);
    }

    /// <summary>Chooses values, for required parameters first.</summary>
    private static IEnumerable<(string Name, JsonValue Value)> Choose(JobDescriptor? job)
    {
        var properties = job?.Parameters.CreateSchema()["properties"] as JsonObject;
        return
            from parameter in job?.Parameters.All ?? []
            orderby parameter.IsRequired descending
            let value = CreateValue(parameter.Name, properties?[parameter.Name] as JsonObject ?? [])
            where value is not null && IsPlain(parameter.Name) && IsPlain(value.ToString())
            select (parameter.Name, value);
    }

    /// <summary>Determines whether a word needs no quotes in a shell.</summary>
    private static bool IsPlain(string word) =>
        word.Length is > 0 and <= LongestText
        && word.All(static character => char.IsAsciiLetterOrDigit(character) || "-_.:/".Contains(character, StringComparison.Ordinal));

    private static JsonValue? CreateValue(string name, JsonObject schema)
    {
        var usual = schema["default"] as JsonValue;
        if (schema["enum"] is JsonArray words)
        {
            return (words.OfType<JsonValue>().FirstOrDefault(word => word.ToString() != usual?.ToString()) ?? usual)?.DeepClone().AsValue();
        }

        return TypeOf(schema) switch
        {
            "boolean" => JsonValue.Create(usual?.ToString() != "true"),
            "integer" or "number" => (usual ?? schema["minimum"] as JsonValue ?? JsonValue.Create(1)).DeepClone().AsValue(),
            "string" => usual?.DeepClone().AsValue() ?? CreateText(name, (string?)schema["format"]),
            _ => null,
        };
    }

    private static JsonValue CreateText(string name, string? format) => JsonValue.Create(format switch
    {
        "uri" => "https://example.com/",
        "date" => "2026-01-31",
        "date-time" => "2026-01-31T00:00:00Z",
        "time" => "00:00:00",
        "uuid" => "00000000-0000-0000-0000-000000000000",
        _ => name.ToUpperInvariant(),
    });

    /// <summary>Reads the type, which is an array with "null" if the parameter may be null.</summary>
    private static string? TypeOf(JsonObject schema) =>
        (schema["type"] is JsonArray several ? several.FirstOrDefault(type => (string?)type != "null") : schema["type"])?.ToString();
}

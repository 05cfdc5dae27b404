using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Dispatcher.Hosting;
using Dispatcher.Text;
using Microsoft.Extensions.Configuration;

namespace Dispatcher.Aws;

/// <summary>
/// The profiles of a job in the configuration: <c>EcsTasks:claims-report:Cluster</c> and so on, with the names of the job's parameters. A
/// whole profile may be one JSON text.
/// </summary>
/// <remarks>The names of Lambda's environment variables have no '-': <c>EcsTasks__claims_report__Cluster</c> is the same profile.</remarks>
public static class JobProfile
{
    /// <summary>Reads the profile of a name.</summary>
    /// <typeparam name="T">The parameters of the job.</typeparam>
    /// <param name="configuration">The configuration.</param>
    /// <param name="section">The section that holds the profiles, such as <c>EcsTasks</c>.</param>
    /// <param name="name">The name of the profile.</param>
    /// <param name="parameters">The description of the job's parameters.</param>
    /// <param name="contract">The JSON contract of the parameters. It has to ignore case and read numbers from text.</param>
    /// <param name="example">A parameter that a profile has, for the error about a missing profile.</param>
    /// <param name="readList">Returns the items of a text for a parameter that is a list, else <see langword="null"/>.</param>
    /// <returns>The parameters that the profile sets.</returns>
    /// <exception cref="PermanentJobException">There is none of that name, or it cannot be read.</exception>
    public static T Read<T>(
        IConfiguration configuration,
        string section,
        string name,
        JobParameters parameters,
        JsonTypeInfo<T> contract,
        string example,
        Func<string, string, IEnumerable<string>?> readList)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(readList);

        var profiles = configuration.GetSection(section).GetChildren().ToList();
        var profile = profiles.FirstOrDefault(child => Normalize(child.Key) == Normalize(name))
            ?? throw new PermanentJobException(
                $"The configuration holds no profile '{name}' under {section}. Set {section}:{name}:{example} and so on "
                + $"(as an environment variable: {section}__{name.Replace('-', '_')}__{example}). "
                + $"Profiles: {(profiles.Count == 0 ? "none" : string.Join(", ", profiles.Select(child => child.Key)))}.");
        var json = profile.Value is { } text
            ? Parse(text, $"{section}:{name}")
            : PayloadText.ToElement(ToJson(profile, parameters, readList));
        return JsonContract.FindProblems(contract, json, "Setting") is { Count: > 0 } problems
            ? throw new PermanentJobException(
                [$"Profile {section}:{name} cannot be read. Give it the names and values of the job's parameters.", .. problems])
            : json.Deserialize(contract)!;
    }

    private static JsonElement Parse(string text, string profile)
    {
        try
        {
            return JsonElement.Parse(text);
        }
        catch (JsonException exception)
        {
            throw new PermanentJobException(
                $"Profile {profile} cannot be read: it is not JSON: {UnreadableJson.Explain(Encoding.UTF8.GetBytes(text))}. "
                + "Correct the text, or set each parameter by itself.",
                exception);
        }
    }

    private static string Normalize(string name) => name.Replace('_', '-').ToUpperInvariant();

    private static JsonObject ToJson(
        IConfigurationSection profile, JobParameters parameters, Func<string, string, IEnumerable<string>?> readList)
    {
        var json = new JsonObject();
        foreach (var field in profile.GetChildren())
        {
            var parameter = parameters.All.FirstOrDefault(known => known.Name.Equals(field.Key, StringComparison.OrdinalIgnoreCase));
            json[parameter?.Name ?? field.Key] = parameter is null || field.Value is not { } text ? ToJson(field)
                : !text.TrimStart().StartsWith('[') && readList(parameter.Name, text) is { } items
                    ? new JsonArray([.. items.Select(item => JsonValue.Create(item))])
                : parameters.FromText(parameter.Name, text);
        }

        return json;
    }

    private static JsonNode? ToJson(IConfigurationSection section)
    {
        var children = section.GetChildren().ToList();
        return children switch
        {
            [] => JsonValue.Create(section.Value),
            _ when children.All(child => int.TryParse(child.Key, out _)) => new JsonArray([.. children.Select(ToJson)]),
            _ => new JsonObject(children.Select(child => KeyValuePair.Create(child.Key, ToJson(child)))),
        };
    }
}

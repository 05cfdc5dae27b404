using System.Text.Json;
using System.Text.Json.Nodes;
using Dispatcher.Hosting;
using Microsoft.Extensions.Configuration;

namespace Dispatcher.Jobs.Ecs.EcsRunTask;

/// <summary>
/// Reads a profile from the configuration: <c>EcsTasks:claims-report:Cluster</c> and so on, with the names of the job's parameters.
/// Lists may be comma-separated text, and a whole profile may be one JSON text.
/// </summary>
/// <remarks>The names of Lambda's environment variables have no '-': <c>EcsTasks__claims_report__Cluster</c> is the same profile.</remarks>
internal static class EcsTaskProfile
{
    internal const string Section = "EcsTasks";

    private static readonly string[] Lists = ["subnets", "securityGroups"];

    /// <summary>Reads a profile.</summary>
    /// <exception cref="PermanentJobException">There is none of that name, or it cannot be read.</exception>
    public static EcsRunTaskParameters Read(IConfiguration configuration, string name, JobParameters parameters)
    {
        var profiles = configuration.GetSection(Section).GetChildren().ToList();
        var profile = profiles.FirstOrDefault(section => Normalize(section.Key) == Normalize(name))
            ?? throw new PermanentJobException(
                $"The configuration holds no profile '{name}' under {Section}. Set {Section}:{name}:TaskDefinition and so on "
                + $"(as an environment variable: {Section}__{name.Replace('-', '_')}__TaskDefinition). "
                + $"Profiles: {(profiles.Count == 0 ? "none" : string.Join(", ", profiles.Select(section => section.Key)))}.");
        try
        {
            var json = profile.Value is { } text ? JsonNode.Parse(text) : ToJson(profile, parameters);
            return json.Deserialize(EcsProfileJsonContext.Default.EcsRunTaskParameters) ?? throw new JsonException("It is empty.");
        }
        catch (JsonException exception)
        {
            throw new PermanentJobException(
                $"Profile {Section}:{name} cannot be read: {exception.Message} Give it the names and values of the job's parameters.", exception);
        }
    }

    private static string Normalize(string name) => name.Replace('_', '-').ToUpperInvariant();

    private static JsonObject ToJson(IConfigurationSection profile, JobParameters parameters)
    {
        var json = new JsonObject();
        foreach (var field in profile.GetChildren())
        {
            var parameter = parameters.All.FirstOrDefault(known => known.Name.Equals(field.Key, StringComparison.OrdinalIgnoreCase));
            json[parameter?.Name ?? field.Key] = parameter is null || field.Value is not { } text ? ToJson(field) : ToJson(parameter.Name, text, parameters);
        }

        return json;
    }

    private static JsonNode? ToJson(string name, string text, JobParameters parameters) =>
        Lists.Contains(name) && !text.TrimStart().StartsWith('[')
            ? new JsonArray([.. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(item => JsonValue.Create(item))])
            : parameters.FromText(name, text);

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

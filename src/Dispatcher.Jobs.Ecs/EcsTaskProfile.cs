using System.Text.Json;
using System.Text.Json.Serialization;
using Dispatcher.Aws;
using Dispatcher.Hosting;
using Microsoft.Extensions.Configuration;

namespace Dispatcher.Jobs.Ecs;

/// <summary>A profile of the configuration. Lists may be comma-separated text.</summary>
internal static class EcsTaskProfile
{
    internal const string Section = "EcsTasks";

    // As for a payload, except that the names are cased as in configuration and numbers may be text.
    private static readonly EcsRunTaskJsonContext Contract = new(new JsonSerializerOptions(EcsRunTaskJsonContext.Default.Options)
    {
        PropertyNameCaseInsensitive = true,
        NumberHandling = JsonNumberHandling.AllowReadingFromString,
    });

    /// <summary>Reads the profile of a name.</summary>
    /// <exception cref="PermanentJobException">There is none of that name, or it cannot be read.</exception>
    public static EcsRunTaskParameters Read(IConfiguration configuration, string name, JobParameters parameters) =>
        JobProfile.Read(configuration, Section, name, parameters, Contract.EcsRunTaskParameters, "TaskDefinition", ReadList);

    private static string[]? ReadList(string name, string text) => name is "subnets" or "securityGroups"
        ? text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        : null;
}

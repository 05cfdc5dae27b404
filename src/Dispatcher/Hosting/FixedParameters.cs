using System.Text.Json;
using System.Text.Json.Nodes;

namespace Dispatcher.Hosting;

/// <summary>The rule that a payload cannot give the parameters which the registration fixes.</summary>
internal static class FixedParameters
{
    /// <summary>Adds a problem for each fixed parameter of a payload, with where its value comes from.</summary>
    public static void Check(JobDescriptor job, JsonElement parameters, ProblemList problems)
    {
        foreach (var name in job.FixedParameters)
        {
            var parameter = job.Parameters.All.FirstOrDefault(known => known.Name == name);
            if (parameter is null)
            {
                problems.Add($"The registration of job '{job.Name}' fixes '{name}', which is not one of its parameters. Correct the name.");
            }
            else if (parameters.ValueKind == JsonValueKind.Object && parameters.TryGetProperty(name, out _))
            {
                var source = parameter.ConfigurationKey is { } key ? $"the environment variable {key}" : "its default";
                problems.Add($"Parameter '{name}' is fixed: the registration of job '{job.Name}' takes it from {source}. "
                    + "Leave it out of the payload.");
            }
        }
    }

    /// <summary>Creates the schema of what a payload can give.</summary>
    public static JsonObject CreateSchema(JobDescriptor job)
    {
        var schema = job.Parameters.CreateSchema();
        foreach (var name in job.FixedParameters)
        {
            (schema["properties"] as JsonObject)?.Remove(name);
            (schema["required"] as JsonArray)?.RemoveAll(required => (string?)required == name);
        }

        return schema;
    }
}

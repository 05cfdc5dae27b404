using System.Text.Json;
using Dispatcher.Text;

namespace Dispatcher.Hosting;

/// <summary>The parameters of a request as its record shows them.</summary>
internal static class ShownParameters
{
    /// <summary>A record has room for its changes and errors first.</summary>
    private const int MaxCount = 50;

    /// <summary>Describes the parameters of a request.</summary>
    /// <param name="request">The request.</param>
    /// <returns>The values by name, without those that may hold a secret; <see langword="null"/> if there are none.</returns>
    public static IReadOnlyDictionary<string, string>? Describe(BoundRequest request)
    {
        if (request.Request.Parameters is not { ValueKind: JsonValueKind.Object } given || !given.EnumerateObject().Any())
        {
            return null;
        }

        return Describe(request, given);
    }

    private static Dictionary<string, string> Describe(BoundRequest request, JsonElement given)
    {
        var sensitive = request.Job.Parameters.All.Where(static parameter => parameter.IsSensitive)
            .Select(static parameter => parameter.Name).ToHashSet(StringComparer.Ordinal);
        var shown = new Dictionary<string, string>(StringComparer.Ordinal);
        var count = 0;
        foreach (var property in given.EnumerateObject())
        {
            if (++count > MaxCount)
            {
                break;
            }

            shown.TryAdd(
                property.Name,
                sensitive.Contains(property.Name) || IsUnrecordedTask(request.Job, property)
                    ? Redaction.Mask
                    : PayloadText.Plain(property.Name, property.Value));
        }

        return shown;
    }

    /// <summary>Determines whether a parameter is a task that the record does not name, because it may be a secret.</summary>
    private static bool IsUnrecordedTask(JobDescriptor job, JsonProperty property) =>
        property.Name == job.TaskParameter
        && property.Value.ValueKind == JsonValueKind.String
        && !Redaction.IsName(property.Value.GetString()!);
}

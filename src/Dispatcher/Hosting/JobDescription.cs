using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Dispatcher.Hosting;

/// <summary>The description of a job for people and programs.</summary>
/// <param name="Name">The job's name.</param>
/// <param name="Description">One sentence about it.</param>
/// <param name="Parameters">The JSON Schema of its parameters.</param>
public sealed record JobDescription(string Name, string Description, JsonObject Parameters)
{
    /// <summary>Gets the limits of a run without limits in its payload, by their names.</summary>
    /// <value>The default value is <see langword="null"/>: not described, as in a list of jobs.</value>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, LimitDescription>? Limits { get; init; }
}

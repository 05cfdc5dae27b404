using System.Text.Json.Nodes;

namespace Dispatcher.Hosting;

/// <summary>Describes a job to people and programs.</summary>
/// <param name="Name">The job's name.</param>
/// <param name="Description">One sentence about it.</param>
/// <param name="Parameters">The JSON Schema of its parameters.</param>
public sealed record JobDescription(string Name, string Description, JsonObject Parameters);

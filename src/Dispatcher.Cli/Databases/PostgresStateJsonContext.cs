using System.Text.Json.Serialization;

namespace Dispatcher.Cli.Databases;

/// <summary>Holds the JSON contract of the state file.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(PostgresState))]
internal sealed partial class PostgresStateJsonContext : JsonSerializerContext;

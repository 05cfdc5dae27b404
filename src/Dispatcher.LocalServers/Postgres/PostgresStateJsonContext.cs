using System.Text.Json.Serialization;

namespace Dispatcher.LocalServers.Postgres;

/// <summary>Holds the JSON contract of the state file.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(PostgresState))]
internal sealed partial class PostgresStateJsonContext : JsonSerializerContext;

using System.Text.Json.Serialization;

namespace Dispatcher.LocalServers.Postgres;

/// <summary>The JSON contract of the file that remembers the server.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(PostgresServer))]
internal sealed partial class PostgresJsonContext : JsonSerializerContext;

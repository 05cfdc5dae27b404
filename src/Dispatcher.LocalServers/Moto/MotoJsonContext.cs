using System.Text.Json.Serialization;

namespace Dispatcher.LocalServers.Moto;

/// <summary>The JSON contract of the file that remembers the server.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(MotoServer))]
internal sealed partial class MotoJsonContext : JsonSerializerContext;

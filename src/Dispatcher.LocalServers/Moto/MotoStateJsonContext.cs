using System.Text.Json.Serialization;

namespace Dispatcher.LocalServers.Moto;

/// <summary>Holds the JSON contract of the state file.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(MotoState))]
internal sealed partial class MotoStateJsonContext : JsonSerializerContext;

using System.Text.Json;
using System.Text.Json.Serialization;

namespace Dispatcher.Function;

/// <summary>Holds the JSON contract between Lambda and the function: any JSON in, any JSON out.</summary>
[JsonSerializable(typeof(JsonElement))]
public sealed partial class FunctionJsonContext : JsonSerializerContext;

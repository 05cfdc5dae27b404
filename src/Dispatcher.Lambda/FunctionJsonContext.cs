using System.Text.Json;
using System.Text.Json.Serialization;

namespace Dispatcher.Lambda;

/// <summary>The JSON contract of the function's answer: any JSON.</summary>
[JsonSerializable(typeof(JsonElement))]
public sealed partial class FunctionJsonContext : JsonSerializerContext;

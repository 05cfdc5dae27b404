using System.Text.Json;
using System.Text.Json.Serialization;

namespace Dispatcher.Lambda;

/// <summary>The JSON contract of the function's answer: any JSON.</summary>
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class FunctionJsonContext : JsonSerializerContext;

using System.Text.Json.Serialization;

namespace Dispatcher.Tool.Commands.Restoring;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(RestoreParameters))]
internal sealed partial class RestoreJsonContext : JsonSerializerContext;

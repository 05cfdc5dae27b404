using System.Text.Json.Serialization;

namespace Dispatcher.Jobs.Http;

/// <summary>The JSON contract of the parameters.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, AllowDuplicateProperties = false)]
[JsonSerializable(typeof(HttpTriggerParameters))]
internal sealed partial class HttpTriggerJsonContext : JsonSerializerContext;

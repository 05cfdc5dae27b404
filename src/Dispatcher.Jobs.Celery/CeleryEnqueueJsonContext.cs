using System.Text.Json.Serialization;

namespace Dispatcher.Jobs.Celery;

/// <summary>The JSON contract of the job's parameters.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, AllowDuplicateProperties = false)]
[JsonSerializable(typeof(CeleryEnqueueParameters))]
internal sealed partial class CeleryEnqueueJsonContext : JsonSerializerContext;

using System.Text.Json.Serialization;

namespace Dispatcher.Jobs.Ecs;

/// <summary>The JSON contract of the job's parameters.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, AllowDuplicateProperties = false,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(EcsRunTaskParameters))]
internal sealed partial class EcsRunTaskJsonContext : JsonSerializerContext;

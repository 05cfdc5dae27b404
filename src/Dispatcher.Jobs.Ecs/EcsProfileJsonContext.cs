using System.Text.Json.Serialization;

namespace Dispatcher.Jobs.Ecs;

/// <summary>Reads a profile, whose names are cased as configuration is and whose numbers may be text.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, PropertyNameCaseInsensitive = true, RespectNullableAnnotations = true,
    NumberHandling = JsonNumberHandling.AllowReadingFromString, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(EcsRunTaskParameters))]
internal sealed partial class EcsProfileJsonContext : JsonSerializerContext;

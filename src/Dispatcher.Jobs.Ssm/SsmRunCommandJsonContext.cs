using System.Text.Json.Serialization;

namespace Dispatcher.Jobs.Ssm;

/// <summary>The JSON contract of the job's parameters.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    AllowDuplicateProperties = false)]
[JsonSerializable(typeof(SsmRunCommandParameters))]
internal sealed partial class SsmRunCommandJsonContext : JsonSerializerContext;

using System.Text.Json.Serialization;

namespace Acme.Chores;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(ExpireInvitationsParameters))]
[JsonSerializable(typeof(ArchiveExportsParameters))]
internal sealed partial class AcmeJsonContext : JsonSerializerContext;

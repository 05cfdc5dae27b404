using System.Text.Json.Serialization;

namespace Dispatcher.Jobs.Postgres.MaterializedViewRefresh;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(RefreshMaterializedViewParameters))]
internal sealed partial class RefreshMaterializedViewJsonContext : JsonSerializerContext;

using System.Text.Json.Serialization;

namespace Dispatcher.Jobs.Postgres.DailyUptime;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(DailyUptimeParameters))]
internal sealed partial class DailyUptimeJsonContext : JsonSerializerContext;

using System.Text.Json.Serialization;

namespace Dispatcher.Plans;

/// <summary>The JSON contracts of the lines of a plan.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, AllowDuplicateProperties = false)]
[JsonSerializable(typeof(PlanHeader))]
[JsonSerializable(typeof(PlanLine))]
[JsonSerializable(typeof(PlanTotals))]
internal sealed partial class PlanJsonContext : JsonSerializerContext;

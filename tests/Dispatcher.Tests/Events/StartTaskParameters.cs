using System.Text.Json;
using System.Text.Json.Serialization;

namespace Dispatcher.Tests.Events;

public sealed record StartTaskParameters
{
    public required string Task { get; init; }

    public int? Count { get; set; }

    public JsonElement? Details { get; set; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(StartTaskParameters))]
internal sealed partial class StartTaskJsonContext : JsonSerializerContext;

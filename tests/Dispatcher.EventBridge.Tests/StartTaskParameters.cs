using System.Text.Json;
using System.Text.Json.Serialization;

namespace Dispatcher.EventBridge.Tests;

public sealed record StartTaskParameters
{
    public required string Task { get; init; }

    public int? Count { get; set; }

    public JsonElement? Details { get; set; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(StartTaskParameters))]
internal sealed partial class StartTaskJsonContext : JsonSerializerContext;

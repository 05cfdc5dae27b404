using System.Text.Json.Serialization;

namespace Dispatcher.Lambda;

/// <summary>The JSON contract of the answer to a batch.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SqsBatchResponse))]
internal sealed partial class SqsBatchJsonContext : JsonSerializerContext;

using System.Text.Json.Serialization;

namespace Dispatcher.Hosting;

/// <summary>Holds the JSON contract of what the catalog takes.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(DescribeParameters))]
internal sealed partial class CatalogJsonContext : JsonSerializerContext;

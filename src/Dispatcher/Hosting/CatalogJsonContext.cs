using System.Text.Json.Serialization;

namespace Dispatcher.Hosting;

/// <summary>The JSON contract of the catalog's parameters.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(DescribeParameters))]
internal sealed partial class CatalogJsonContext : JsonSerializerContext;

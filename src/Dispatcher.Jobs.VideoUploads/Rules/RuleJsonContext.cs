using System.Text.Json.Serialization;

namespace Dispatcher.Jobs.VideoUploads.Rules;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SelectionRule))]
internal sealed partial class RuleJsonContext : JsonSerializerContext;

using System.Text.Json.Serialization;

namespace Dispatcher.Tests.TestRuns;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(SampleParameters))]
[JsonSerializable(typeof(LimitedParameters))]
[JsonSerializable(typeof(InitOnlyParameters))]
[JsonSerializable(typeof(PositionalParameters))]
internal sealed partial class SampleJsonContext : JsonSerializerContext;

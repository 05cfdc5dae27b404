using System.Text.Json;
using System.Text.Json.Serialization;
using Amazon.Lambda.RuntimeSupport;
using Amazon.Lambda.Serialization.SystemTextJson;

using var bootstrap = LambdaBootstrapBuilder
    .Create<JsonElement, JsonElement>(
        static (payload, _) => Task.FromResult(payload), new SourceGeneratorLambdaJsonSerializer<EmptyContext>())
    .Build();
await bootstrap.RunAsync();

[JsonSerializable(typeof(JsonElement))]
internal sealed partial class EmptyContext : JsonSerializerContext;

using System.Text.Json;
using Amazon.Lambda.RuntimeSupport;
using Amazon.Lambda.Serialization.SystemTextJson;
using Dispatcher.Function;

// The executable model: handler `Dispatcher.Function`. Also what a container image and native AOT run.
var function = new Function();
using var bootstrap = LambdaBootstrapBuilder
    .Create<JsonElement, JsonElement>(function.HandleAsync, new SourceGeneratorLambdaJsonSerializer<FunctionJsonContext>())
    .Build();
await bootstrap.RunAsync();

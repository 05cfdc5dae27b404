using System.Text.Json.Serialization;

namespace Dispatcher.Hosting;

/// <summary>Holds the JSON contracts of what the dispatcher answers: camelCase, status words in lower case.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, Converters = [typeof(CamelCaseEnumConverter<JobStatus>)])]
[JsonSerializable(typeof(RunRecord))]
[JsonSerializable(typeof(JobDescription))]
[JsonSerializable(typeof(IReadOnlyList<JobDescription>))]
public sealed partial class DispatcherJsonContext : JsonSerializerContext;

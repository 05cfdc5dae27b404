using System.Text.Json.Serialization;

namespace Dispatcher.Hosting;

/// <summary>The JSON contracts of the dispatcher's answers: camelCase, with status values in lower case.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, Converters = [typeof(CamelCaseEnumConverter<JobStatus>)])]
[JsonSerializable(typeof(RunRecord))]
[JsonSerializable(typeof(JobDescription))]
[JsonSerializable(typeof(IReadOnlyList<JobDescription>))]
public sealed partial class DispatcherJsonContext : JsonSerializerContext;

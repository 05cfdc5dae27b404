using System.Text.Json.Serialization;
using Dispatcher.Registration;

namespace Samples;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(TempFileCleanupParameters))]
internal sealed partial class SamplesJsonContext : JsonSerializerContext;

public static class TempFileCleanupBuilderExtensions
{
    public static IDispatcherBuilder AddTempFileCleanup(this IDispatcherBuilder builder, string name = "temp-file-cleanup") =>
        builder.AddJob<TempFileCleanupJob, TempFileCleanupParameters>(
            name, SamplesJsonContext.Default.TempFileCleanupParameters, job =>
            {
                job.Description = "Deletes old *.tmp files of one folder.";
                job.MaxChanges = 10_000;
            });
}

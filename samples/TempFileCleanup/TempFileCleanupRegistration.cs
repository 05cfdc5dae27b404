using System.Text.Json.Serialization;
using Dispatcher;
using Microsoft.Extensions.DependencyInjection;

namespace TempFileCleanup;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(TempFileCleanupParameters))]
internal sealed partial class TempFileCleanupJsonContext : JsonSerializerContext;

/// <summary>Registers the job that deletes old temporary files.</summary>
public static class TempFileCleanupBuilderExtensions
{
    /// <summary>Adds the job.</summary>
    /// <param name="builder">The dispatcher.</param>
    /// <param name="name">The job's name.</param>
    /// <returns>The dispatcher.</returns>
    public static IDispatcherBuilder AddTempFileCleanup(this IDispatcherBuilder builder, string name = "temp-file-cleanup") =>
        builder.AddJob<TempFileCleanupJob, TempFileCleanupParameters>(
            name, static () => TempFileCleanupJsonContext.Default.TempFileCleanupParameters, job =>
            {
                job.Description = "Deletes old *.tmp files of one folder.";
                job.MaxChanges = 10_000;
            });
}

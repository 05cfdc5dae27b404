using System.Text.Json.Serialization;

namespace Dispatcher.Jobs.VideoUploads.Cleanup;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(VideoUploadCleanupParameters))]
internal sealed partial class VideoUploadCleanupJsonContext : JsonSerializerContext;

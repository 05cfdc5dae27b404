using System.Text.Json.Serialization;

namespace Dispatcher.Jobs.VideoUploads.VideoUploadCleanup;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(VideoUploadCleanupParameters))]
internal sealed partial class VideoUploadCleanupJsonContext : JsonSerializerContext;

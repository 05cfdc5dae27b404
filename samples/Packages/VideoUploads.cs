using Dispatcher;
using Dispatcher.Jobs.VideoUploads.Cleanup;

namespace Acme.VideoUploads;

internal static class AcmeJobs
{
    public static void Add(IDispatcherBuilder builder) => builder.AddVideoUploadCleanup();
}

using Dispatcher;
using Dispatcher.EventBridge;

namespace Acme.EventBridge;

internal static class AcmeJobs
{
    public static void Add(IDispatcherBuilder builder) => builder
        .AddEventCounter("import-failed", "ImportFailed")
        .MapEvent("acme.import", "Import Finished", match: """{"status":["failed"]}""", job: "import-failed");
}

using Dispatcher;
using Dispatcher.Jobs.Http;

namespace Acme.HttpTrigger;

internal static class AcmeJobs
{
    public static void Add(IDispatcherBuilder builder) => builder.AddHttpTrigger();
}

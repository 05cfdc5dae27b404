using Dispatcher;
using Dispatcher.Jobs.Http;
using Dispatcher.Lambda;

namespace Acme.Lambda;

internal static class AcmeJobs
{
    public static void Add(IDispatcherBuilder builder) => builder.AddHttpTrigger();
}

public sealed class Function() : MaintenanceFunction(AcmeJobs.Add);

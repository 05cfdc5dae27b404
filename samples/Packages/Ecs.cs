using Dispatcher;
using Dispatcher.Jobs.Ecs;

namespace Acme.Ecs;

internal static class AcmeJobs
{
    public static void Add(IDispatcherBuilder builder) => builder.AddEcsRunTask();
}

using Dispatcher;
using Dispatcher.Jobs.Celery;

namespace Acme.Celery;

internal static class AcmeJobs
{
    public static void Add(IDispatcherBuilder builder) => builder.AddCeleryEnqueue();
}

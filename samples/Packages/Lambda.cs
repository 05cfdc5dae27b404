using Dispatcher;
using Dispatcher.Lambda;

namespace Acme.Lambda;

internal static class AcmeJobs
{
    public static void Add(IDispatcherBuilder builder) => builder.AddLambdaHost().AddEmfMetrics();
}

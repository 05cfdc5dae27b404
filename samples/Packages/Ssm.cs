using Dispatcher;
using Dispatcher.Jobs.Ssm;

namespace Acme.Ssm;

internal static class AcmeJobs
{
    public static void Add(IDispatcherBuilder builder) => builder.AddSsmRunCommand();
}

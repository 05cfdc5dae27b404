using Dispatcher;
using Dispatcher.Jobs.Http;
using Dispatcher.Tool;

namespace Acme.Tool;

internal static class AcmeJobs
{
    public static void Add(IDispatcherBuilder builder) => builder.AddHttpTrigger();
}

internal static class AcmeTool
{
    public static Task<int> RunAsync(string[] args) => DispatchTool.RunAsync(args, AcmeJobs.Add);
}

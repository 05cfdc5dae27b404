using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Function.Tests;

/// <summary>Is the function's program with a job more: what the tests start as a process.</summary>
internal static class ProbeProgram
{
    public static Task Main() =>
        FunctionHost.RunAsync(static () => new Function(FunctionServices.Build(
            static services => services.AddMaintenanceDispatcher().AddJob<ProbeJob>(ProbeJob.Name))));
}

using Dispatcher.Lambda;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Function.Tests;

/// <summary>The function's program with one additional job, which the tests start as a process.</summary>
internal static class ProbeProgram
{
    public static Task Main() =>
        MaintenanceFunction.RunAsync(static jobs => jobs.AddMaintenanceJobs().AddJob<ProbeJob>(ProbeJob.Name));
}

using Dispatcher.Lambda;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Function.Tests;

/// <summary>The services of the function with the jobs of <see cref="MaintenanceJobs"/>.</summary>
internal static class AllJobs
{
    public static ServiceProvider Build(Action<IServiceCollection>? configure = null) =>
        FunctionServices.Build(static builder => builder.AddMaintenanceJobs(), configure);
}

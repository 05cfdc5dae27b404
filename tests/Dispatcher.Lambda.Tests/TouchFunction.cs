using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Lambda.Tests;

/// <summary>A function with a job of its own, which tests start in the class-library model.</summary>
public sealed class TouchFunction() : MaintenanceFunction(AddJobs)
{
    internal static void AddJobs(IDispatcherBuilder builder) => builder.AddJob<TouchJob>(TouchJob.Name);
}

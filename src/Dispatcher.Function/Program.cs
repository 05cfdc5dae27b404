using Dispatcher.Function;
using Dispatcher.Lambda;
using Microsoft.Extensions.DependencyInjection;

// The executable model: handler `Dispatcher.Function`. A container image and native AOT run it, too.
await FunctionHost.RunAsync(static () =>
    FunctionServices.Build(static builder => builder.AddMaintenanceJobs()).GetRequiredService<LambdaEntryPoint>());

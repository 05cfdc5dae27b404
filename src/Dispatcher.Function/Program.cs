using Dispatcher.Function;
using Dispatcher.Lambda;

// The executable model: handler `Dispatcher.Function`. A container image and native AOT run it, too.
await MaintenanceFunction.RunAsync(static jobs => jobs.AddMaintenanceJobs());

using Acme.Chores;
using Dispatcher.Lambda;

await MaintenanceFunction.RunAsync(AcmeJobs.Add);

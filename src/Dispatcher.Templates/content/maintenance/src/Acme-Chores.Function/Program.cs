using Acme_Chores;
using Dispatcher.Lambda;

await MaintenanceFunction.RunAsync(Acme__Jobs.Add);

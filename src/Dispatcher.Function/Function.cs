using Dispatcher.Lambda;

namespace Dispatcher.Function;

/// <summary>The handler for the class-library model: <c>Dispatcher.Function::Dispatcher.Function.Function::HandleAsync</c>.</summary>
public sealed class Function() : MaintenanceFunction(static jobs => jobs.AddMaintenanceJobs());

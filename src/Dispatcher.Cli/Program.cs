using Dispatcher.Cli;
using Dispatcher.Tool;

return await DispatchTool.RunAsync(args, MaintenanceTool.AddJobs, MaintenanceTool.Configure);

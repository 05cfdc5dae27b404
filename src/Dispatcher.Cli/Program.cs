using Dispatcher.Cli;
using Dispatcher.Tool;
using Dispatcher.Tool.Terminal;

using var interrupt = new Interrupt();
var options = new DispatchToolOptions();
MaintenanceTool.Configure(options);
return await new DispatchTool(CliTerminal.OfProcess(), options, interrupt.Token).RunAsync(args);

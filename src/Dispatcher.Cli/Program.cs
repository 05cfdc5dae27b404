using Dispatcher.Cli;
using Dispatcher.Cli.Terminal;

using var interrupt = new Interrupt();
var options = new DispatchToolOptions();
MaintenanceTool.Configure(options);
return await new DispatchTool(CliTerminal.OfProcess(), options, interrupt.Token).RunAsync(args);

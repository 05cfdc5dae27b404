using Dispatcher.Cli;
using Dispatcher.Cli.Terminal;

using var interrupt = new Interrupt();
return await new DispatchTool(CliTerminal.OfProcess(), interrupt.Token).RunAsync(args);

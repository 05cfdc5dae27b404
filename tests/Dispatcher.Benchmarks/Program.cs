using System.Globalization;
using Dispatcher.Benchmarks.Dispatch;
using Dispatcher.Benchmarks.Plans;
using Dispatcher.Benchmarks.Synthetic;
using Dispatcher.Benchmarks.VideoUploadCleanup;

return args switch
{
    ["dispatch"] => DispatchBenchmark.Run(),
    ["dispatch", "types"] => await DispatchBenchmark.ListTypesAsync(),
    ["serve", var port, "kept" or "expired", var count, var delayMs] =>
        await SyntheticServer.RunAsync(Read(port), Read(count), args[2] == "expired", Read(delayMs)),
    ["cleanup", var url, "plan" or "run"] => await CleanupBenchmark.RunAsync(url, dryRun: args[2] == "plan"),
    ["plan", "write" or "apply", var count, var file] => await PlanBenchmark.RunAsync(args[1], Read(count), file),
    _ => Usage(),
};

static int Read(string number) => int.Parse(number, CultureInfo.InvariantCulture);

static int Usage()
{
    Console.Error.WriteLine(
        "Usage: dispatch [types] | serve PORT kept|expired COUNT DELAY_MS | cleanup URL plan|run | plan write|apply COUNT FILE. "
            + "tests/Dispatcher.Benchmarks/run NAME does it all.");
    return 2;
}

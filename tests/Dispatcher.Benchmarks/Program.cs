using System.Globalization;
using Dispatcher.Benchmarks.Dispatch;
using Dispatcher.Benchmarks.Plans;
using Dispatcher.Benchmarks.VideoUploadCleanup;

return args switch
{
    ["dispatch"] => DispatchBenchmark.Run(),
    ["dispatch", "types"] => await DispatchBenchmark.ListTypesAsync(),
    ["cleanup", "seed", var count] => await CleanupBenchmark.SeedAsync(int.Parse(count)),
    ["cleanup", "run"] => await CleanupBenchmark.RunAsync(),
    ["plan", "write" or "apply", var count, var file] =>
        await PlanBenchmark.RunAsync(args[1], int.Parse(count, CultureInfo.InvariantCulture), file),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine(
        "Usage: dispatch [types] | cleanup seed COUNT | cleanup run, with S3_URL and DYNAMODB_URL set. VideoUploadCleanup/run does it all. "
            + "Or: plan write COUNT FILE | plan apply COUNT FILE.");
    return 2;
}

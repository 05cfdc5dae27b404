using Dispatcher.Benchmarks.VideoUploadCleanup;

return args switch
{
    ["cleanup", "seed", var count] => await CleanupBenchmark.SeedAsync(int.Parse(count)),
    ["cleanup", "run"] => await CleanupBenchmark.RunAsync(),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine(
        "Usage: cleanup seed COUNT | cleanup run, with S3_URL and DYNAMODB_URL set. VideoUploadCleanup/run does it all.");
    return 2;
}

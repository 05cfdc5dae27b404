using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace Dispatcher.Benchmarks.Dispatch;

/// <summary>An empty job: called directly, and through the whole pipeline.</summary>
[MemoryDiagnoser]
public class DispatchBenchmark : IDisposable
{
    private const int WarmUp = 20_000;

    private readonly EmptyDispatch _dispatch = new();
    private readonly EmptyJob _job = new();

    /// <summary>Runs the benchmark.</summary>
    /// <returns>The exit code.</returns>
    public static int Run()
    {
        BenchmarkRunner.Run<DispatchBenchmark>(DefaultConfig.Instance
            .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance)));
        return 0;
    }

    /// <summary>Counts the bytes of many dispatches, and prints them by type.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> ListTypesAsync()
    {
        const int count = 500_000;
        using var dispatch = new EmptyDispatch();
        for (var run = 0; run < WarmUp; run++)
        {
            await dispatch.RunAsync();
        }

        using var allocations = new AllocationListener();
        var before = GC.GetTotalAllocatedBytes(precise: true);
        for (var run = 0; run < count; run++)
        {
            await dispatch.RunAsync();
        }

        var bytes = GC.GetTotalAllocatedBytes(precise: true) - before;
        Console.WriteLine($"{bytes / count} bytes for each dispatch");
        foreach (var (type, share) in allocations.Shares())
        {
            Console.WriteLine($"{share * bytes / count,8:0} {type}");
        }

        return 0;
    }

    /// <inheritdoc />
    [GlobalCleanup]
    public void Dispose()
    {
        _dispatch.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Calls the job.</summary>
    /// <returns>Its result.</returns>
    [Benchmark(Baseline = true)]
    public Task<JobResult> Direct() => _job.RunAsync(null!, CancellationToken.None);

    /// <summary>Dispatches the job.</summary>
    /// <returns>The record.</returns>
    [Benchmark]
    public Task<RunRecord> Dispatch() => _dispatch.RunAsync();
}

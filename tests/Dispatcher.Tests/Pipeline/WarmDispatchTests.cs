using Dispatcher.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Tests.Pipeline;

/// <summary>What the pipeline costs beyond the job itself.</summary>
[NonParallelizable]
internal sealed class WarmDispatchTests
{
#if DEBUG
    /// <summary>The most bytes of a run. A Debug build allocates the state machine of each asynchronous method.</summary>
    private const int MostBytes = 2_900;
#else
    /// <summary>The most bytes of a run.</summary>
    private const int MostBytes = 2_048;
#endif

    private const int Runs = 2_000;

    [Test]
    public async Task DispatchAsync_EmptyJob_AllocatesLittle()
    {
        await using var services = CreateServices();
        var dispatcher = services.GetRequiredService<IJobDispatcher>();
        var request = services.GetRequiredService<JobRequestReader>().Bind(new JobRequest("empty"));
        Dispatch(dispatcher, request);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Dispatch(dispatcher, request);
        var bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / Runs;

        TestContext.Out.WriteLine($"{bytes} bytes for each dispatch");
        Assert.That(bytes, Is.LessThan(MostBytes));
    }

    /// <summary>Dispatches on this thread only: each run is over when the call returns.</summary>
    private static void Dispatch(IJobDispatcher dispatcher, BoundRequest request)
    {
        for (var run = 0; run < Runs; run++)
        {
            var dispatched = dispatcher.DispatchAsync(request);
            if (!dispatched.IsCompletedSuccessfully)
            {
                Assert.Fail("The run went on after the call, so that another thread may have allocated.");
            }
        }
    }

    private static ServiceProvider CreateServices()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddSingleton<IRunSink, NullSink>().AddSingleton<IMetricsSink, NullSink>();
        services.AddMaintenanceDispatcher().AddJob<EmptyJob>("empty").UseStandardMiddleware();
        return services.BuildServiceProvider();
    }

    private sealed class EmptyJob : IMaintenanceJob
    {
        private static readonly Task<JobResult> Done = Task.FromResult(JobResult.Succeeded("Done."));

        public Task<JobResult> RunAsync(JobContext context, CancellationToken cancellationToken) => Done;
    }

    private sealed class NullSink : IRunSink, IMetricsSink
    {
        public bool IsImmediate => true;

        public Task WriteAsync(RunRecord record, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task EmitAsync(MetricBatch batch, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}

using Dispatcher.Tests.TestRuns;

namespace Dispatcher.Tests.Leases;

/// <summary>A job with parameters that does what the test says.</summary>
internal sealed class TypedDelegateJob(JobBody body) : MaintenanceJob<SampleParameters>
{
    protected override Task<JobResult> RunAsync(SampleParameters parameters, JobContext context, CancellationToken cancellationToken) =>
        body(context, cancellationToken);
}

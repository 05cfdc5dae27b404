namespace Dispatcher.Tests.TestRuns;

/// <summary>Answers with its parameters.</summary>
internal sealed class SampleJob : MaintenanceJob<SampleParameters>
{
    protected override Task<JobResult> RunAsync(SampleParameters parameters, JobContext context, CancellationToken cancellationToken) =>
        Task.FromResult(JobResult.Succeeded(parameters.ToString()));
}

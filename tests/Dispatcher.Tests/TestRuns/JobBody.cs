namespace Dispatcher.Tests.TestRuns;

/// <summary>What a <see cref="DelegateJob"/> does.</summary>
internal delegate Task<JobResult> JobBody(JobContext context, CancellationToken cancellationToken);

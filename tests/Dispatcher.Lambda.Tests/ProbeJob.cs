namespace Dispatcher.Lambda.Tests;

/// <summary>Does what <see cref="ProbeBehaviour"/> says.</summary>
public sealed class ProbeJob : IMaintenanceJob
{
    private readonly ProbeBehaviour _behaviour;

    public ProbeJob(ProbeBehaviour behaviour)
    {
        _behaviour = behaviour;
        _behaviour.Made++;
    }

    public Task<JobResult> RunAsync(JobContext context, CancellationToken cancellationToken) => _behaviour.Run(context, cancellationToken);
}

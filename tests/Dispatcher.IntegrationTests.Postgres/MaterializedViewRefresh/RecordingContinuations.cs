using Dispatcher.Hosting;

namespace Dispatcher.IntegrationTests.Postgres.MaterializedViewRefresh;

/// <summary>Keeps the follow-up runs that are asked for.</summary>
internal sealed class RecordingContinuations : IRequestSender
{
    public List<JobRequest> Requests { get; } = [];

    public Task SendAsync(JobRequest request, TimeSpan delay, CancellationToken cancellationToken)
    {
        Requests.Add(request);
        return Task.CompletedTask;
    }
}

using Dispatcher.Hosting;

namespace Dispatcher.Tests.Continuations;

/// <summary>Keeps what it is sent, after it has done what the test says.</summary>
internal sealed class RecordingSender : IRequestSender
{
    public List<(JobRequest Request, TimeSpan Delay)> Sent { get; } = [];

    public Func<CancellationToken, Task> OnSend { get; set; } = static _ => Task.CompletedTask;

    public async Task SendAsync(JobRequest next, TimeSpan delay, CancellationToken cancellationToken)
    {
        await OnSend(cancellationToken);
        Sent.Add((next, delay));
    }
}

namespace Dispatcher.Hosting;

/// <summary>
/// A sender that returns the request for the remaining work of a run to the function, so that a later run continues it. Without a sender,
/// it waits for the job's next schedule.
/// </summary>
public interface IRequestSender
{
    /// <summary>Sends a request.</summary>
    /// <param name="next">The request. <see cref="JobRequestJson"/> writes it as a payload.</param>
    /// <param name="delay">The delay of the next run, from 0 to 15 minutes.</param>
    /// <param name="cancellationToken">Cancelled when no time remains to send.</param>
    /// <returns>A task that ends when the request is safe. Any exception fails the run, whose host then repeats it.</returns>
    Task SendAsync(JobRequest next, TimeSpan delay, CancellationToken cancellationToken);
}

namespace Dispatcher.Hosting;

/// <summary>
/// Brings the request for what a run has left back to the function, so that a later run goes on. Without one, what is left waits for the
/// job's next schedule.
/// </summary>
public interface IContinuationSender
{
    /// <summary>Sends a request.</summary>
    /// <param name="next">The request. <see cref="JobRequestJson"/> writes it as a payload.</param>
    /// <param name="delay">How long the next run is to wait, up to 15 minutes; zero where it is to begin at once.</param>
    /// <param name="cancellationToken">Fires when there is no time left to send.</param>
    /// <returns>A task that ends when the request is safe. Any exception fails the run, whose host then repeats it.</returns>
    Task SendAsync(JobRequest next, TimeSpan delay, CancellationToken cancellationToken);
}

namespace Dispatcher.Hosting;

/// <summary>
/// A request that was checked: its job is registered and its parameters are read. A <see cref="JobRequestReader"/> creates it.
/// </summary>
public sealed class BoundRequest
{
    internal BoundRequest(JobRequest request, JobDescriptor job, object? parameters)
    {
        Request = request;
        Job = job;
        Parameters = parameters;
    }

    /// <summary>Gets the request.</summary>
    public JobRequest Request { get; }

    /// <summary>Gets the registration of the job.</summary>
    public JobDescriptor Job { get; }

    /// <summary>Gets the typed parameters; <see langword="null"/> for a job without parameters.</summary>
    internal object? Parameters { get; }

    /// <summary>Creates the request of the same job with other parameters.</summary>
    internal BoundRequest With(JobRequest request, object? parameters) => new(request, Job, parameters);

    /// <summary>Adds what only the host knows about the request.</summary>
    /// <param name="deadline">The time at which the host ends the run; <see langword="null"/> for no deadline.</param>
    /// <param name="hostRequestId">The host's id of the invocation, the same if the host repeats it.</param>
    /// <param name="id">
    /// The id of the delivery, for a payload that has neither an id nor a scheduled time: one scheduled time may be delivered under two
    /// ids.
    /// </param>
    /// <returns>The request with all of it.</returns>
    public BoundRequest WithHost(DateTimeOffset? deadline, string? hostRequestId = null, string? id = null) =>
        new(
            Request with
            {
                Deadline = deadline,
                HostRequestId = hostRequestId,
                Id = Request.Id ?? (Request.ScheduledTime is null ? id : null),
            },
            Job,
            Parameters);
}

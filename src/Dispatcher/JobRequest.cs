using System.Text.Json;

namespace Dispatcher;

/// <summary>
/// Asks for one run of one job. This is the payload <c>{"job":…,"dryRun":…,"parameters":{…},"id":…,"scheduledTime":…,"continuation":…}</c>,
/// and what the host adds to it.
/// </summary>
/// <param name="Job">The job's name.</param>
public sealed record JobRequest(string Job)
{
    internal const int MaxContinuation = 999;

    /// <summary>Gets a value indicating whether to plan only. The environment variable <c>DRY_RUN=true</c> forces it.</summary>
    public bool DryRun { get; init; }

    /// <summary>Gets the job's parameters, a JSON object.</summary>
    /// <value>The default value is undefined: no parameters.</value>
    public JsonElement Parameters { get; init; }

    /// <summary>Gets what identifies the event behind the request, the same at each delivery; at most 256 characters.</summary>
    /// <value>The default value is <see langword="null"/>: a constant input has no identity.</value>
    public string? Id { get; init; }

    /// <summary>Gets the time that the schedule meant, in UTC, which is the same at each delivery.</summary>
    public DateTimeOffset? ScheduledTime { get; init; }

    /// <summary>
    /// Gets how many runs of this slot have stopped at their deadline before this one, at most 999. A continued request has the
    /// <see cref="Id"/> of the first one.
    /// </summary>
    /// <value>The default value is 0: the slot's first run.</value>
    public int Continuation { get; init; }

    /// <summary>Gets when the host ends the run. Set by the host, never by a payload.</summary>
    /// <value>The default value is <see langword="null"/>: no deadline.</value>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>Gets the host's own id of the invocation, for the log. Set by the host, never by a payload.</summary>
    public string? HostRequestId { get; init; }
}

using System.Text.Json;

namespace Dispatcher;

/// <summary>
/// A request for one run of one job: the payload <c>{"job":…,"dryRun":…,"parameters":{…},"id":…,"scheduledTime":…,"continuation":…,
/// "limits":{…},"shards":…,"shard":{…},"plan":…}</c>, and what the host adds to it.
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

    /// <summary>Gets the id of the event behind the request, the same for each delivery; at most 256 characters.</summary>
    /// <value>The default value is <see langword="null"/>: a constant input has no identity.</value>
    public string? Id { get; init; }

    /// <summary>Gets the scheduled time in UTC, the same for each delivery.</summary>
    public DateTimeOffset? ScheduledTime { get; init; }

    /// <summary>
    /// Gets how many runs of this slot have stopped at their deadline before this one, at most 999. The <see cref="Id"/> of a continued
    /// request is the slot of the first one.
    /// </summary>
    /// <value>The default value is 0: the slot's first run.</value>
    public int Continuation { get; init; }

    /// <summary>Gets the limits of the run. They lower those of registration and settings; a higher one has no effect.</summary>
    /// <value>The default value is <see cref="ChangeLimits.None"/>.</value>
    public ChangeLimits Limits { get; init; } = ChangeLimits.None;

    /// <summary>
    /// Gets the number of shards that the work of this slot is divided into, from 2 to <see cref="JobShard.MaxCount"/>: this run queues
    /// one request for each of them.
    /// </summary>
    /// <value>The default value is <see langword="null"/>: the work is not divided, or this is one of its shards.</value>
    public int? Shards { get; init; }

    /// <summary>Gets the shard that this run does.</summary>
    /// <value>The default value is <see langword="null"/>: all of the work.</value>
    public JobShard? Shard { get; init; }

    /// <summary>
    /// Gets the location of a plan: a dry run writes its plan there, and a real run makes exactly the changes of that plan, with the
    /// parameters of the plan.
    /// </summary>
    /// <value>The default value is <see langword="null"/>: no plan.</value>
    public string? Plan { get; init; }

    /// <summary>Gets the time at which the host ends the run. Set by the host, never by a payload.</summary>
    /// <value>The default value is <see langword="null"/>: no deadline.</value>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>
    /// Gets the host's id of the invocation. It names the slot if the payload has neither an id nor a scheduled time. Set by the host,
    /// never by a payload.
    /// </summary>
    public string? HostRequestId { get; init; }
}

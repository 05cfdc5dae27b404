using System.Collections.Concurrent;
using System.Collections.ObjectModel;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Dispatcher;

/// <summary>
/// The context of one run: the request, and everything that the job reports to. It lives through all attempts of the run.
/// </summary>
/// <remarks>
/// Only the dispatcher creates one, so that the change gate, the record and the metrics belong to the same run. A test gets a real context
/// by running its job through the dispatcher, for example with <c>Dispatcher.Testing.JobHarness</c>.
/// </remarks>
public abstract class JobContext
{
    private ConcurrentDictionary<Type, object>? _states;
    private JobCounters? _counters;

    private protected JobContext(string job, JobRequest request, object? boundParameters)
    {
        Job = job;
        Request = request;
        BoundParameters = boundParameters;
        Deadline = request.Deadline;
    }

    /// <summary>Gets the name under which the job is registered.</summary>
    public string Job { get; }

    /// <summary>Gets the request. Its id and scheduled time name the slot that this run fills.</summary>
    public JobRequest Request { get; }

    /// <summary>Gets the id of the run, a time-ordered UUID.</summary>
    public abstract string RunId { get; }

    /// <summary>
    /// Gets the name of the slot that this run fills, the same for each delivery of it: the event's id, else its scheduled time, else the
    /// host's id of the invocation (a host repeats a failed invocation under the same id), else the run's id.
    /// </summary>
    public string Slot => Request.Id ?? Request.ScheduledTime?.ToString("O", CultureInfo.InvariantCulture) ?? Request.HostRequestId
        ?? RunId;

    /// <summary>Gets the part of the work that this run does. A job that declares <c>MaxShards</c> works on this part only.</summary>
    /// <value>The default value is <see cref="JobShard.Whole"/>.</value>
    public JobShard Shard => Request.Shard ?? JobShard.Whole;

    /// <summary>Gets the parameters as they are in the payload. A typed job gets its parameters as an argument.</summary>
    public JsonElement Parameters => Request.Parameters;

    /// <summary>
    /// Gets a value indicating whether this is a dry run. A job rarely needs it: <see cref="Changes"/> does not make a change in a dry run.
    /// </summary>
    public abstract bool DryRun { get; }

    /// <summary>Gets the start of the run, in UTC.</summary>
    public abstract DateTimeOffset StartedAt { get; }

    /// <summary>
    /// Gets the time at which the job has to stop. The cancellation token fires then; the host's own limit is a margin later.
    /// </summary>
    /// <value>The default value is <see langword="null"/>: no deadline.</value>
    public DateTimeOffset? Deadline { get; internal set; }

    /// <summary>
    /// Gets a value indicating whether the deadline has passed, which explains why the cancellation token has fired. Ask this and not the
    /// clock: a timer may fire a moment early, so that the token fires while the clock still shows a time before the deadline.
    /// </summary>
    public abstract bool IsPastDeadline { get; }

    /// <summary>Gets the number of the current attempt, from 1.</summary>
    public int Attempt { get; internal set; } = 1;

    /// <summary>
    /// Gets a value indicating whether no further attempt follows this one, whatever happens: it is the last one, or the deadline has
    /// passed.
    /// </summary>
    public abstract bool IsLastAttempt { get; }

    /// <summary>Gets the change gate, the only way to a side effect.</summary>
    public abstract IChangeGate Changes { get; }

    /// <summary>Gets the counts that the run reports.</summary>
    public JobCounters Counters => LazyInitializer.EnsureInitialized(ref _counters);

    /// <summary>Gets the errors of items that failed without failing the run.</summary>
    public ItemErrors Errors { get; } = new();

    /// <summary>Gets the receiver of progress reports.</summary>
    public abstract IProgress<JobProgress> Progress { get; }

    /// <summary>Gets the log of the job.</summary>
    public abstract ILogger Logger { get; }

    /// <summary>Gets the counts of the run, or nothing if the job counts nothing.</summary>
    internal IReadOnlyDictionary<string, long> Counts => _counters?.Snapshot() ?? ReadOnlyDictionary<string, long>.Empty;

    /// <summary>Gets the typed parameters of a <see cref="MaintenanceJob{TParameters}"/>.</summary>
    internal object? BoundParameters { get; }

    /// <summary>Classifies an exception by the rules that the dispatcher itself follows.</summary>
    /// <param name="exception">Any exception.</param>
    /// <returns>Whether it is transient, a message on one line, and whether the change may have been made.</returns>
    public abstract Failure Classify(Exception exception);

    /// <summary>
    /// Determines whether an exception ends the run instead of being the error of one item: cancellation, a missing permission, a
    /// <see cref="PermanentJobException"/>. The change gate's <c>TryApply</c> methods follow the same rule.
    /// </summary>
    /// <param name="exception">An exception of one item.</param>
    /// <param name="cancellationToken">The token that the job was given.</param>
    /// <returns><see langword="true"/> if no later item would fare better.</returns>
    public abstract bool EndsRun(Exception exception, CancellationToken cancellationToken);

    /// <summary>Gets the state that the job keeps through all attempts of this run, for example which messages have been sent.</summary>
    /// <typeparam name="TState">The type of the state. A run has one state of each type.</typeparam>
    /// <param name="create">Creates the state on first use.</param>
    /// <returns>The state.</returns>
    public TState State<TState>(Func<TState> create)
        where TState : class
    {
        ArgumentNullException.ThrowIfNull(create);
        return (TState)LazyInitializer.EnsureInitialized(ref _states, static () => [])
            .GetOrAdd(typeof(TState), static (_, make) => make(), create);
    }
}

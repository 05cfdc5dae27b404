using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Dispatcher.Changes;
using Dispatcher.Hosting;
using Dispatcher.Pipeline;
using Microsoft.Extensions.Logging;

namespace Dispatcher;

/// <summary>
/// Is everything about one run: what was asked for, and what the job reports to. It lives as long as the run, through all attempts.
/// </summary>
/// <remarks>
/// Only the dispatcher makes one, so that its gate, its record and its metrics belong together. A test gets the real thing by running
/// its job through the dispatcher, for example with <c>Dispatcher.Testing.JobHarness</c>.
/// </remarks>
public sealed class JobContext
{
    private readonly FailureClassifier _failures;
    private readonly TimeProvider _timeProvider;
    private readonly long _startTimestamp;
    private readonly ConcurrentDictionary<Type, object> _states = [];

    internal JobContext(
        JobDescriptor job,
        JobRequest request,
        object? boundParameters,
        bool dryRun,
        RunIdentity start,
        FailureClassifier failures,
        TimeProvider timeProvider)
    {
        _failures = failures;
        _timeProvider = timeProvider;
        _startTimestamp = timeProvider.GetTimestamp();
        Job = job;
        Request = request;
        BoundParameters = boundParameters;
        DryRun = dryRun;
        StartedAt = start.At;
        RunId = start.RunId;
        Deadline = request.Deadline;
    }

    /// <summary>Gets the job's registration.</summary>
    public JobDescriptor Job { get; }

    /// <summary>Gets the request: its id and scheduled time name the slot that this run is for.</summary>
    public JobRequest Request { get; }

    /// <summary>Gets the run's id, a time-ordered UUID.</summary>
    public string RunId { get; }

    /// <summary>
    /// Gets the name of the slot that this run fills, the same each time that it is delivered: the event's id, else its scheduled time,
    /// else the host's id of the invocation (which repeats a failed one under the same id), else the run's own.
    /// </summary>
    public string Slot => Request.Id ?? Request.ScheduledTime?.ToString("O", CultureInfo.InvariantCulture) ?? Request.HostRequestId ?? RunId;

    /// <summary>Gets the parameters as they stand in the payload. Typed jobs get theirs as an argument.</summary>
    public JsonElement Parameters => Request.Parameters;

    /// <summary>
    /// Gets a value indicating whether this is a dry run. A job hardly ever needs to ask: a change that goes through
    /// <see cref="Changes"/> is not made in a dry run.
    /// </summary>
    public bool DryRun { get; }

    /// <summary>Gets when the run began, in UTC.</summary>
    public DateTimeOffset StartedAt { get; }

    /// <summary>Gets when the job has to be done. The cancellation token fires then; the host's own limit lies a margin later.</summary>
    /// <value>The default value is <see langword="null"/>: no deadline.</value>
    public DateTimeOffset? Deadline { get; internal set; }

    /// <summary>Gets which attempt this is, from 1.</summary>
    public int Attempt { get; internal set; } = 1;

    /// <summary>
    /// Gets a value indicating whether no further attempt follows this one, whatever happens in it: the last one is under way, or the deadline
    /// has come.
    /// </summary>
    public bool IsLastAttempt => Attempt >= MaxAttempts || _timeProvider.GetUtcNow() >= Deadline;

    /// <summary>Gets the only way to a side effect.</summary>
    public required IChangeGate Changes { get; init; }

    /// <summary>Gets the counts that the run reports.</summary>
    public JobCounters Counters { get; } = new();

    /// <summary>Gets the items that failed without failing the run.</summary>
    public required ItemErrors Errors { get; init; }

    /// <summary>Gets where the job says how far it has come.</summary>
    public required IProgress<JobProgress> Progress { get; init; }

    /// <summary>Gets the job's log.</summary>
    public required ILogger Logger { get; init; }

    /// <summary>Gets the run's record, once it has ended.</summary>
    public JobRunSummary? Summary { get; internal set; }

    /// <summary>Gets or sets how often the job is tried at most. The retry middleware sets it.</summary>
    internal int MaxAttempts { get; set; } = 1;

    /// <summary>Gets the typed parameters of a <see cref="MaintenanceJob{TParameters}"/>.</summary>
    internal object? BoundParameters { get; }

    /// <summary>Gets the gate with its bookkeeping.</summary>
    internal ChangeGate Gate => (ChangeGate)Changes;

    /// <summary>Classifies an exception by the rules that the dispatcher itself follows.</summary>
    /// <param name="exception">Any exception.</param>
    /// <returns>Whether it is transient, a message on one line, and whether the change may have been made.</returns>
    public Failure Classify(Exception exception) => _failures.Classify(exception);

    /// <summary>Gets what the job keeps through all attempts of this run, for example which messages are sent already.</summary>
    /// <typeparam name="TState">The state; a run has one of each type.</typeparam>
    /// <param name="create">Creates the state when it is first asked for.</param>
    /// <returns>The state.</returns>
    public TState State<TState>(Func<TState> create)
        where TState : class
    {
        ArgumentNullException.ThrowIfNull(create);
        return (TState)_states.GetOrAdd(typeof(TState), static (_, make) => make(), create);
    }

    /// <summary>Ends the run: nothing more passes the gate, and the record is made.</summary>
    internal JobRunSummary Complete(JobResult result)
    {
        Gate.Close();

        // By timestamps, because the wall clock may be set while the job runs.
        return Summary = JobRunSummary.Create(this, result, _timeProvider.GetElapsedTime(_startTimestamp));
    }

    /// <summary>Begins the next attempt: what the last one only intended is forgotten, what it did stays.</summary>
    internal void BeginAttempt(int attempt)
    {
        Attempt = attempt;
        Counters.Clear();
        Errors.Clear();
        Gate.BeginAttempt();
    }
}

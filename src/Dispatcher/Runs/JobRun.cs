using System.Collections.ObjectModel;
using Dispatcher.Changes;
using Dispatcher.Hosting;
using Dispatcher.Leases;
using Dispatcher.Limiting;
using Dispatcher.Plans;
using Dispatcher.Text;
using Microsoft.Extensions.Logging;

namespace Dispatcher.Runs;

/// <summary>One run inside the dispatcher: the context that the job sees, with the ledger of its changes and its record.</summary>
internal sealed class JobRun : JobContext
{
    private readonly RunServices _services;
    private readonly long _startTimestamp;
    private readonly string? _parametersDigest;
    private bool _hasBegun;

    public JobRun(
        BoundRequest bound,
        RunIdentity identity,
        bool dryRun,
        LimitsInForce limits,
        RunServices services,
        PreparedPlan? plan = null,
        string? parametersDigest = null)
        : base(bound.Job.Name, bound.Request, bound.Parameters)
    {
        _services = services;
        _parametersDigest = parametersDigest;
        _startTimestamp = services.TimeProvider.GetTimestamp();
        Descriptor = bound.Job;
        RunId = identity.RunId;
        StartedAt = identity.StartedAt;
        DryRun = dryRun;
        var audit = dryRun || services.AuditSinks.Count == 0
            ? null
            : new AuditTrail(services.AuditSinks, Job, RunId, services.TimeProvider, services.Logger);
        Plan = plan;
        Shown = ShownParameters.Describe(bound);
        Rate = !dryRun && limits.Find(LimitKind.Rate) is { } rate ? CreateRate(rate, services) : null;
        Gate = new ChangeGate(Job, dryRun, limits, Errors, services.Failures, audit, Rate, plan?.Writer, plan?.Filter);
    }

    public override string RunId { get; }

    public override bool DryRun { get; }

    public override DateTimeOffset StartedAt { get; }

    public override bool IsPastDeadline =>
        DeadlineToken.IsCancellationRequested || _services.TimeProvider.GetUtcNow() >= Deadline;

    public override bool IsLastAttempt => Attempt >= MaxAttempts || IsPastDeadline;

    public override IChangeGate Changes => Gate;

    public override IProgress<JobProgress> Progress => _services.Progress;

    public override ILogger Logger => _services.Logger;

    /// <summary>Gets a value indicating whether the person who started the run has interrupted it.</summary>
    public bool IsInterrupted => _services.Interrupt is { Token.IsCancellationRequested: true };

    /// <summary>Gets the registration of the job.</summary>
    public JobDescriptor Descriptor { get; }

    /// <summary>Gets the change gate with its ledger.</summary>
    public ChangeGate Gate { get; }

    /// <summary>Gets the plan that the run writes or applies, if any.</summary>
    public PreparedPlan? Plan { get; }

    /// <summary>
    /// Gets a value indicating whether the slot is that of the applied plan alone. The lease of the plan protects such a slot, and lets a
    /// run that could not finish be followed by another one.
    /// </summary>
    public bool IsSlotOfPlan => Plan?.File?.Header is { } header && header.RequestId == header.Id;

    /// <summary>Gets the parameters of the request, as far as they may be shown.</summary>
    public IReadOnlyDictionary<string, string>? Shown { get; }

    /// <summary>Gets the limit that slows the run down.</summary>
    public ChangeRate? Rate { get; }

    /// <summary>Gets the record of the run, once it has ended.</summary>
    public RunRecord? Record { get; private set; }

    /// <summary>Gets or sets the token that fires at the deadline. The deadline middleware sets it.</summary>
    public CancellationToken DeadlineToken { get; set; }

    /// <summary>Gets or sets the leases of the run, while it holds them.</summary>
    public RunLeases? Leases { get; set; }

    /// <summary>Gets or sets a value indicating whether the remaining work is queued for a following run.</summary>
    public bool RestIsQueued { get; set; }

    /// <summary>Gets or sets the record of the run that did the work before, if this one is skipped for it.</summary>
    public RunRecord? Original { get; set; }

    /// <summary>Gets or sets the run for which this one is skipped.</summary>
    public LeaseHolder? Holder { get; set; }

    /// <summary>Gets or sets the most attempts of this run. The retry middleware sets it.</summary>
    public int MaxAttempts { get; set; } = 1;

    /// <summary>Gets the run behind a context. Each context is a run: nothing else can derive from it.</summary>
    public static JobRun Of(JobContext context) => (JobRun)context;

    public override Failure Classify(Exception exception) => _services.Failures.Classify(exception);

    public override bool EndsRun(Exception exception, CancellationToken cancellationToken) => Gate.EndsRun(exception, cancellationToken);

    /// <summary>
    /// Begins an attempt. One that is not the first forgets what the last one counted and only intended, and keeps what it changed.
    /// </summary>
    public void BeginAttempt()
    {
        if (!_hasBegun)
        {
            _hasBegun = true;
            return;
        }

        Attempt++;
        Counters.Clear();
        Errors.Clear();
        Gate.BeginAttempt();
    }

    /// <summary>Ends the run: closes the change gate and creates the record.</summary>
    public RunRecord Complete(JobResult result)
    {
        Gate.Close();

        // By timestamps, because the wall clock may be set while the job runs.
        return Record = CreateRecord(result, _services.TimeProvider.GetElapsedTime(_startTimestamp));
    }

    /// <summary>Creates the result of a run that its caller cancelled: a person's interrupt is not a failure.</summary>
    public JobResult Cancel()
    {
        Gate.Close();
        var totals = Gate.Summarize();
        var changes = Quantity.Count(totals.Applied, "change") + (totals.InterruptedText is { } interrupted
            ? $", with {interrupted}. Look at what may have been made before you run the job again."
            : ". Run the job again to finish its work.");
        return IsInterrupted
            ? JobResult.Cancelled($"The run was interrupted after {changes}")
            : JobResult.Failed($"The run was cancelled after {changes}");
    }

    /// <summary>Determines whether work that a job calls done was a plan, or a success with losses.</summary>
    public JobStatus FinalStatus(JobStatus status) => status switch
    {
        JobStatus.Succeeded or JobStatus.Partial when DryRun => JobStatus.Planned,
        JobStatus.Succeeded or JobStatus.Planned when !DryRun => Errors.Count > 0 ? JobStatus.Partial : JobStatus.Succeeded,
        _ => status,
    };

    private RunRecord CreateRecord(JobResult result, TimeSpan duration)
    {
        var (plan, note) = ReportPlan(FinalStatus(result.Status));
        return new RunRecord
        {
            Job = Job,
            RunId = RunId,
            Status = FinalStatus(result.Status),
            DryRun = DryRun,
            Summary = result.Summary + Gate.DescribeLimits() + note,
            StartedAt = StartedAt,
            DurationMs = (long)duration.TotalMilliseconds,
            Attempts = Attempt,
            Counts = CollectCounts(),
            Changes = Gate.Summarize(),
            Errors = Errors.Snapshot(),
            ItemErrorCount = Errors.Count,
            Shard = Request.Shard,
            Plan = plan,
            Slot = Slot,
            Task = TaskName.Of(Descriptor, BoundParameters),
            Original = Original,
            Holder = Holder,
            ParametersDigest = _parametersDigest,
            Parameters = Shown,
        };
    }

    private IReadOnlyDictionary<string, long> CollectCounts()
    {
        var (read, changed) = (Counts, Gate.Counts());
        if (read.Count == 0 && changed.Count == 0)
        {
            return ReadOnlyDictionary<string, long>.Empty;
        }

        var counts = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var (name, count) in read.Concat(changed))
        {
            counts[name] = counts.GetValueOrDefault(name) + count;
        }

        return counts;
    }

    private (PlanReport? Report, string Note) ReportPlan(JobStatus status)
    {
        if (Plan is not { Report: { AppliedBy: null } report, Filter: { } filter })
        {
            return (Plan?.Report, string.Empty);
        }

        var (full, differences) = filter.Summarize(report, status is JobStatus.Succeeded or JobStatus.Partial or JobStatus.Planned);
        Counters.Set(PlanReport.ChangedCount, differences.Changed);
        Counters.Set(PlanReport.NotInPlanCount, differences.NotInPlan);
        Counters.Set(PlanReport.MissingCount, differences.Missing);
        var note = differences.Describe(isContinued: Request.Continuation > 0);
        if ((full.Changed ?? full.NotInPlan ?? full.Missing) is [var first, ..])
        {
            Log.PlanDiffers(Logger, full.Location, note, $"{first.Action} {first.Target}: {first.Reason}");
        }

        return (full, note);
    }

    private static ChangeRate CreateRate(LimitInForce limit, RunServices services) =>
        new(
            (long)limit.Value,
            services.TimeProvider,
            () => Log.SlowedDown(services.Logger, limit.Kind.Format(limit.Value), limit.Kind.Field, limit.Origin));
}

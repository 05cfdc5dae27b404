using System.Collections.Concurrent;
using Dispatcher.Hosting;
using Dispatcher.Plans;
using Dispatcher.Runs;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Dispatcher.Pipeline;

/// <summary>The dispatcher: creates the run that a request asks for and sends it through the pipeline.</summary>
internal sealed class JobDispatcher(
    JobPipeline pipeline,
    PlanPreparation plans,
    IConfiguration configuration,
    FailureClassifier failures,
    IEnumerable<IAuditSink> auditSinks,
    IProgress<JobProgress> progress,
    TimeProvider timeProvider,
    ILoggerFactory loggers,
    RunInterrupt? interrupt = null) : IJobDispatcher
{
    private readonly IAuditSink[] _auditSinks = [.. auditSinks];
    private readonly ConcurrentDictionary<JobDescriptor, RunServices> _services = [];

    public async Task<RunRecord> DispatchAsync(BoundRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);

        var overrides = ReadOverrides(request);
        var identity = RunIdentity.Create(timeProvider);
        using var plan = await plans.PrepareAsync(request, identity.RunId, overrides.Limits.Values.MaxChanges, cancellationToken);
        var run = CreateRun(plan?.Request ?? request, identity, overrides, plan);
        try
        {
            var result = await pipeline.RunAsync(run, cancellationToken);

            // Without the telemetry middleware, nothing has written the record yet.
            return run.Record ?? run.Complete(result);
        }
        catch (Exception exception)
        {
            // The telemetry turns every exception inside of it into a result: this one comes from outside, or there is no telemetry.
            var record = run.Complete(JobResult.Failed(failures.Classify(exception).Message, exception));
            Log.RunFailed(run.Logger, exception, record.Job, record.RunId, record.DurationMs, record.Summary);
            return record;
        }
    }

    private EnvironmentOverrides ReadOverrides(BoundRequest request)
    {
        var problems = new ProblemList();
        var overrides = EnvironmentOverrides.Read(configuration, request, problems);
        problems.ThrowIfAny();
        return overrides;
    }

    private string Digest(BoundRequest request) =>
        GivenParameter.Digest(request.Job.Parameters.Resolve(request.Request.Parameters, configuration));

    private JobRun CreateRun(BoundRequest request, RunIdentity identity, EnvironmentOverrides overrides, PreparedPlan? plan)
    {
        var services = _services.GetOrAdd(request.Job, static (job, dispatcher) => dispatcher.CreateServices(job), this);
        for (var index = 0; index < overrides.Limits.Notes.Count; index++)
        {
            Log.LimitWithoutEffect(services.Logger, overrides.Limits.Notes[index]);
        }

        return new JobRun(
            request,
            identity,
            request.Request.DryRun || overrides.DryRun,
            overrides.Limits,
            services,
            plan,
            Digest(request));
    }

    private RunServices CreateServices(JobDescriptor job) =>
        new(failures, _auditSinks, progress, loggers.CreateLogger($"Dispatcher.Jobs.{job.Name}"), timeProvider, interrupt);
}

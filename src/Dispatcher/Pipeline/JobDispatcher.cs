using Dispatcher.Changes;
using Dispatcher.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Dispatcher.Pipeline;

/// <summary>Makes the run that a request asks for, and sends it through the pipeline.</summary>
internal sealed class JobDispatcher(
    JobRegistry registry,
    JobPipeline pipeline,
    IConfiguration configuration,
    FailureClassifier failures,
    IEnumerable<IAuditSink> auditSinks,
    IProgress<JobProgress> progress,
    TimeProvider timeProvider,
    ILoggerFactory loggers) : IJobDispatcher
{
    private readonly IAuditSink[] _auditSinks = [.. auditSinks];

    public async Task<JobRunSummary> DispatchAsync(JobRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);

        var context = CreateContext(request);
        try
        {
            var result = await pipeline.RunAsync(context, cancellationToken);

            // Without the telemetry middleware nobody has summed the run up.
            return context.Summary ?? context.Complete(result);
        }
        catch (Exception exception)
        {
            // Only a middleware outside of the telemetry gets here. The sinks have their record by now, if any; the caller gets this one.
            var summary = context.Complete(JobResult.Failed(failures.Classify(exception).Message, exception));
            Log.RunFailed(context.Logger, exception, summary.Job, summary.RunId, summary.DurationMs, summary.Summary);
            return summary;
        }
    }

    private JobContext CreateContext(JobRequest request)
    {
        var problems = new List<string>();
        var job = registry.Find(request.Job, problems);
        var parameters = job?.Parameters.Bind(job.Name, request.Parameters, configuration, problems);
        var switches = EnvironmentOverrides.Read(configuration, problems);
        JobRequestException.ThrowIfAny(problems);

        var dryRun = request.DryRun || switches.DryRun;
        var start = RunIdentity.Now(timeProvider);
        var errors = new ItemErrors();
        var logger = loggers.CreateLogger($"Dispatcher.Jobs.{job!.Name}");
        var audit = dryRun || _auditSinks.Length == 0 ? null : new AuditTrail(_auditSinks, job.Name, start.RunId, timeProvider, logger);
        return new JobContext(job, request, parameters, dryRun, start, failures, timeProvider)
        {
            Errors = errors,
            Changes = new ChangeGate(job.Name, dryRun, switches.LimitFor(job), errors, failures, audit),
            Progress = progress,
            Logger = logger,
        };
    }
}

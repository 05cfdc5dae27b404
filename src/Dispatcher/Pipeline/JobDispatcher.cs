using Dispatcher.Changes;
using Dispatcher.Failures;
using Dispatcher.Payload;
using Dispatcher.Registration;
using Dispatcher.Telemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Dispatcher.Pipeline;

/// <summary>Makes the run that a request asks for, and sends it through the pipeline.</summary>
internal sealed class JobDispatcher(
    JobRegistry registry,
    JobPipeline pipeline,
    IConfiguration configuration,
    FailureClassifier failures,
    IProgress<JobProgress> progress,
    TimeProvider timeProvider,
    ILoggerFactory loggers) : IJobDispatcher
{
    public async Task<JobRunSummary> DispatchAsync(JobRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);

        var context = CreateContext(request);
        var result = await pipeline.RunAsync(context, cancellationToken);

        // Without the telemetry middleware nobody has summed the run up.
        return context.Summary ?? context.Complete(result, timeProvider.GetUtcNow());
    }

    private JobContext CreateContext(JobRequest request)
    {
        var problems = new List<string>();
        var job = registry.Find(request.Job, problems);
        var parameters = job?.Parameters.Bind(job.Name, request.Parameters, configuration, problems);
        var switches = RunSwitches.Read(configuration, problems);
        JobRequestException.ThrowIfAny(problems);

        var dryRun = request.DryRun || switches.DryRun;
        var errors = new ItemErrors();
        return new JobContext(job!, request, parameters, dryRun, timeProvider.GetUtcNow())
        {
            Errors = errors,
            Changes = new ChangeGate(job!.Name, dryRun, switches.LimitFor(job), errors, failures),
            Progress = progress,
            Logger = loggers.CreateLogger($"Dispatcher.Jobs.{job.Name}"),
        };
    }
}

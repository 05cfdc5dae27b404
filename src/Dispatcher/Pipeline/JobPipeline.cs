using Dispatcher.Diagnostics;
using Dispatcher.Hosting;
using Dispatcher.Runs;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Pipeline;

/// <summary>
/// The chain of middlewares with the job at its end, built once. The middleware that is registered first is the outermost.
/// </summary>
internal sealed class JobPipeline
{
    private readonly IServiceScopeFactory _scopes;
    private readonly JobDelegate _entry;
    private readonly string[] _names;

    public JobPipeline(IEnumerable<MiddlewareRegistration> registrations, IServiceProvider services, IServiceScopeFactory scopes)
    {
        _scopes = scopes;
        MiddlewareRegistration[] ordered = [.. registrations];
        _names = [.. ordered.Select(registration => registration.Type.Name)];
        _entry = ordered.Reverse().Aggregate((JobDelegate)RunJobAsync, (next, registration) => Wrap(registration.Resolve(services), next));
    }

    public Task<JobResult> RunAsync(JobContext context, CancellationToken cancellationToken) => _entry(context, cancellationToken);

    /// <summary>Prints the order, outermost first.</summary>
    public override string ToString() => string.Join(" > ", [.. _names, "job"]);

    private static JobDelegate Wrap(IJobMiddleware middleware, JobDelegate next) =>
        (context, cancellationToken) => middleware.InvokeAsync(context, next, cancellationToken);

    private async Task<JobResult> RunJobAsync(JobContext context, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        JobRun.Of(context).Rate?.Stopping = cancellationToken;
        RunningJob.Begin(context);
        using var attempt = RunActivities.StartAttempt(context);
        try
        {
            await using var scope = _scopes.CreateAsyncScope();
            var job = scope.ServiceProvider.GetRequiredKeyedService<IMaintenanceJob>(context.Job);
            var run = job.RunAsync(context, cancellationToken) ?? throw NothingReturned(context, "no task");
            var result = await run ?? throw NothingReturned(context, "no result");
            if (result.Exception is { } failure)
            {
                RunActivities.Fail(attempt, failure);
            }

            return result;
        }
        catch (Exception exception)
        {
            RunActivities.Fail(attempt, exception);
            throw;
        }
    }

    private static PermanentJobException NothingReturned(JobContext context, string what) =>
        new($"Job '{context.Job}' ({JobRun.Of(context).Descriptor.Type.Name}) returned {what}. Return a JobResult, "
            + "for example JobResult.Succeeded(\"…\").");
}

namespace Dispatcher;

/// <summary>
/// The base of a job with typed parameters, which are read and checked before the job is created.
/// </summary>
/// <typeparam name="TParameters">
/// A record whose properties are the job's parameters. Names on the wire are those of its JSON contract, limits are
/// <c>System.ComponentModel.DataAnnotations</c> attributes, fallbacks from the environment are
/// <see cref="FromConfigurationAttribute"/>, help texts are <c>[Description]</c>. Declare a parameter <c>required</c>, or
/// <c>{ get; set; }</c> with its default.
/// </typeparam>
public abstract class MaintenanceJob<TParameters> : IMaintenanceJob
    where TParameters : class
{
    /// <inheritdoc />
    public Task<JobResult> RunAsync(JobContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);

        return context.BoundParameters is TParameters parameters
            ? RunAsync(parameters, context, cancellationToken)
            : throw new InvalidOperationException(
                $"Job '{context.Job}' takes {typeof(TParameters).Name}, but was registered without them. "
                + $"Register it with AddJob<{GetType().Name}, {typeof(TParameters).Name}>(name, jsonTypeInfo).");
    }

    /// <summary>Runs the job once with its parameters.</summary>
    /// <param name="parameters">The parameters: complete, of the right types and within their limits.</param>
    /// <param name="context">What this run was asked for, and what it may use.</param>
    /// <param name="cancellationToken">Cancelled at the deadline, a margin before the host's limit, or when the caller gives up.</param>
    /// <returns>How the run ended.</returns>
    protected abstract Task<JobResult> RunAsync(TParameters parameters, JobContext context, CancellationToken cancellationToken);
}

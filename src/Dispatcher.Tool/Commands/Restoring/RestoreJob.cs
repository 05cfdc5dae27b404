using Dispatcher.Hosting;
using Dispatcher.Tool.Commands.History;
using Dispatcher.Tool.History;
using Dispatcher.Tool.Terminal;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Tool.Commands.Restoring;

/// <summary>
/// The job behind <c>restore</c>: it reads what the audit trail of a run holds, and lets the job of that run take it back. It is registered
/// for one command, so that the run is planned, limited, audited and recorded like any other.
/// </summary>
/// <param name="services">The services, with the <see cref="IChangeUndo"/> of the job.</param>
/// <param name="trails">The audit trails.</param>
internal sealed class RestoreJob(IServiceProvider services, IEnumerable<IAuditTrail> trails) : MaintenanceJob<RestoreParameters>
{
    /// <summary>The end of the name that a restoring run has in the history; the beginning is the job's name.</summary>
    public const string Suffix = "-restore";

    private const string Selected = "changesSelected";

    /// <summary>Adds the job.</summary>
    /// <param name="builder">The dispatcher.</param>
    /// <param name="job">The job whose changes are taken back.</param>
    public static void AddTo(IDispatcherBuilder builder, string job) => builder.AddJob<RestoreJob, RestoreParameters>(
        job + Suffix,
        static () => RestoreJsonContext.Default.RestoreParameters,
        options =>
        {
            options.Description = $"Takes back what a run of {job} has changed.";
            options.Idempotent = false;
            options.PreventOverlap<RestoreParameters>(static parameters => parameters.Run);
        });

    /// <inheritdoc />
    protected override async Task<JobResult> RunAsync(
        RestoreParameters parameters, JobContext context, CancellationToken cancellationToken)
    {
        var search = new AuditSearch(trails);
        if (await search.FindFileAsync(parameters.Run, parameters.Job, cancellationToken) is not { } file)
        {
            throw new PermanentJobException(
                $"The audit trail of run {parameters.Run} was not found in {search.Locations}, and without it nothing can be taken back. "
                + "Set AUDIT_BUCKET to the bucket of the trails, or run this where the run was started.");
        }

        TargetPattern[] patterns = [.. parameters.Targets.Select(static target => new TargetPattern(target))];
        var made = await AuditSearch.ReadAsync(file, cancellationToken)
            .Where(entry => entry.Outcome is AuditOutcome.Applied or AuditOutcome.Interrupted or AuditOutcome.Intended
                && (patterns.Length == 0 || Array.Exists(patterns, pattern => pattern.Matches(entry.Target))))
            .OrderByDescending(static entry => entry.Change)
            .Select(static entry => new MadeChange(entry.Action, entry.Target) { Evidence = entry.Evidence, Undo = entry.Undo })
            .ToListAsync(cancellationToken);
        context.Counters.Add(Selected, made.Count);
        if (made.Count == 0)
        {
            throw new PermanentJobException(patterns.Length == 0
                ? $"Run {parameters.Run} made no changes, by its audit trail {file.Location}."
                : $"No change of run {parameters.Run} is of {string.Join(" or ", parameters.Targets)}. "
                    + $"List them with 'show {parameters.Run} --changes'.");
        }

        var advice = await services.GetRequiredKeyedService<IChangeUndo>(parameters.Job).UndoAsync(made, context, cancellationToken);
        return JobResult.Succeeded(
            $"Looked at {Printable.Count(made.Count, "change")} of run {parameters.Run}.{(advice is null ? string.Empty : $" {advice}")}");
    }
}

using Amazon.ECS;
using Dispatcher.Hosting;
using Microsoft.Extensions.Configuration;

namespace Dispatcher.Jobs.Ecs;

/// <summary>
/// A job that starts tasks on ECS, once per slot: ECS drops a request with a client token that it has seen, and tasks that already run for
/// the slot are found by who started them. With <c>waitForStop</c>, how they end is the result.
/// </summary>
internal sealed class EcsRunTaskJob(IAmazonECS ecs, IConfiguration configuration, JobRegistry registry, TimeProvider timeProvider)
    : MaintenanceJob<EcsRunTaskParameters>
{
    protected override async Task<JobResult> RunAsync(
        EcsRunTaskParameters parameters, JobContext context, CancellationToken cancellationToken)
    {
        var plan = parameters.Task is { } profile
            ? ProfileMerge.Merge(EcsTaskProfile.Read(configuration, profile, registry.Get(context.Job).Parameters), parameters)
            : parameters;
        var count = plan.Count ?? 1;
        var client = new EcsClient(ecs, plan);
        var progress = context.State(static () => new StartProgress());

        await FindEarlierAsync(client, progress, context, cancellationToken);
        var definition = context.DryRun ? DefinitionCheck.Describe(plan, await client.FindDefinitionAsync(cancellationToken)) : null;
        if (!progress.IsComplete(count))
        {
            await new TaskStarter(client, plan, progress, timeProvider, context).StartAsync(cancellationToken);
            if (progress.Failures.FirstOrDefault(failure => failure.IsTransient) is { } transient && !context.IsLastAttempt)
            {
                throw new TransientJobException(transient.Message);
            }
        }

        if (context.DryRun || plan.WaitForStop != true || !progress.IsComplete(count) || progress.Started.Count == 0)
        {
            return Conclude(plan, count, definition, progress, context);
        }

        var evaluator = new StoppedTaskEvaluator(client, plan.Container, context.Logger);
        return await new TaskWaiter(client, evaluator, timeProvider, context).WaitAsync(progress.Started, cancellationToken);
    }

    private static async Task FindEarlierAsync(
        EcsClient client, StartProgress progress, JobContext context, CancellationToken cancellationToken)
    {
        // After an answer that was lost, tasks of this slot may be this run's own: the same request again tells.
        if (progress.Started.Count > 0 || progress.UnansweredSince is not null)
        {
            return;
        }

        var earlier = await client.FindStartedAsync(RunTaskRequestFactory.StartedBy(context), cancellationToken);
        progress.Started.AddRange(earlier);
        progress.Earlier = earlier.Count;
        progress.ByEarlierDelivery = earlier.Count > 0;
    }

    private static JobResult Conclude(
        EcsRunTaskParameters plan, int count, string? definition, StartProgress progress, JobContext context)
    {
        var what = $"'{plan.TaskDefinition}' on cluster '{plan.Cluster ?? "default"}'";
        var started = progress.Started.Count == 0 ? "their ARNs are not known" : string.Join(", ", progress.Started);
        var own = progress.Started.Count - progress.Earlier;
        if (context.DryRun)
        {
            return JobResult.Planned($"Would start {Tasks(count)} of {what}. {definition}");
        }

        if (progress.ByEarlierDelivery || (own == 0 && progress.Earlier >= count))
        {
            return JobResult.Skipped($"An earlier delivery of this slot has started {what}: {started}.");
        }

        if (progress.IsComplete(count))
        {
            var earlier = progress.Earlier > 0 ? $"; an earlier delivery of this slot has started {Tasks(progress.Earlier)}" : string.Empty;
            return JobResult.Succeeded($"Started {Tasks(own)} of {what}{earlier}: {started}.");
        }

        if (progress is { OutsidePlan: > 0, Failures: [] })
        {
            var outside = $"Started {Tasks(own)} of {what}; {Tasks(progress.OutsidePlan)} not as in the plan.";
            return own > 0 ? JobResult.Succeeded($"{outside} {started}.") : JobResult.Skipped(outside);
        }

        // A failed run may be delivered again; ECS drops what it has started already, by the client token.
        var error = progress.Failures[0].Message;
        return progress switch
        {
            { Answers: 0 } or { UnansweredSince: not null } => JobResult.Failed(error),
            { Started.Count: 0 } => JobResult.Failed($"Started none of {Tasks(count)} of {what}. {error}"),
            _ => JobResult.Partial($"Started {progress.Started.Count} of {count} tasks of {what}. {error}"),
        };
    }

    private static string Tasks(int count) => count == 1 ? "1 task" : $"{count} tasks";
}

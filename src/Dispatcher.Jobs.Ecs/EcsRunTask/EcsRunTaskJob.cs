using Amazon.ECS;
using Dispatcher.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Dispatcher.Jobs.Ecs.EcsRunTask;

/// <summary>
/// Starts tasks on ECS, once per slot: ECS drops a request with a client token that it has seen, and tasks that already run for the slot are
/// found by who started them. With <c>waitForStop</c>, how they end is the result.
/// </summary>
internal sealed class EcsRunTaskJob(
    IAmazonECS ecs, IConfiguration configuration, JobRegistry registry, FailureClassifier failures, TimeProvider timeProvider, IOptions<RetryOptions> retry)
    : MaintenanceJob<EcsRunTaskParameters>
{
    protected override async Task<JobResult> RunAsync(EcsRunTaskParameters parameters, JobContext context, CancellationToken cancellationToken)
    {
        var plan = parameters.Task is { } profile
            ? ProfileMerge.Merge(EcsTaskProfile.Read(configuration, profile, registry.Get(context.Job).Parameters), parameters)
            : parameters;
        var client = new EcsClient(ecs, plan);
        var progress = StartProgress.Of(context);

        await FindEarlierAsync(client, progress, context, cancellationToken);
        if (!progress.ByEarlierDelivery && progress.Started.Count < (plan.Count ?? 1))
        {
            await StartAsync(new TaskStarter(client, plan, progress, failures, timeProvider, context), progress, context, cancellationToken);
        }

        var complete = progress.ByEarlierDelivery || progress.Started.Count >= (plan.Count ?? 1);
        return !context.DryRun && plan.WaitForStop == true && complete && progress.Started.Count > 0
            ? await new TaskWaiter(client, new TaskJudge(client, plan.Container, context.Logger), timeProvider, context).WaitAsync(progress.Started, cancellationToken)
            : Conclude(plan, progress, context);
    }

    private static async Task FindEarlierAsync(EcsClient client, StartProgress progress, JobContext context, CancellationToken cancellationToken)
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

    private async Task StartAsync(TaskStarter starter, StartProgress progress, JobContext context, CancellationToken cancellationToken)
    {
        await starter.StartAsync(cancellationToken);
        if (progress.Failures.Any(failure => failure.IsTransient) && context.Attempt < retry.Value.MaxAttempts)
        {
            throw TaskStartException.NoRoom(progress.Failures.First(failure => failure.IsTransient).Message);
        }
    }

    private static JobResult Conclude(EcsRunTaskParameters plan, StartProgress progress, JobContext context)
    {
        var what = $"'{plan.TaskDefinition}' on cluster '{plan.Cluster ?? "default"}'";
        var count = plan.Count ?? 1;
        var own = progress.Started.Count - progress.Earlier;
        return progress switch
        {
            _ when !context.DryRun && own == 0 && (progress.ByEarlierDelivery || progress.Earlier >= count) => JobResult.Skipped($"An earlier delivery of this slot has started {what}: {Join(progress)}."),
            _ when context.DryRun => JobResult.Planned($"Would start {Tasks(count)} of {what}."),
            { ByEarlierDelivery: true } => JobResult.Skipped($"An earlier delivery of this slot has started {what}: {Join(progress)}."),
            _ when progress.Started.Count >= count && progress.Earlier > 0 => JobResult.Succeeded(
                $"Started {Tasks(own)} of {what}; an earlier delivery of this slot has started {Tasks(progress.Earlier)}: {Join(progress)}."),
            _ when progress.Started.Count >= count => JobResult.Succeeded($"Started {Tasks(count)} of {what}: {Join(progress)}."),

            // A failed run may be delivered again; ECS drops what it has started already, by the client token.
            { Started.Count: 0 } => JobResult.Failed($"Started none of {Tasks(count)} of {what}. {progress.Failures[0].Message}"),
            _ => JobResult.Partial($"Started {progress.Started.Count} of {count} tasks of {what}. {progress.Failures[0].Message}"),
        };
    }

    private static string Tasks(int count) => count == 1 ? "1 task" : $"{count} tasks";

    private static string Join(StartProgress progress) => progress.Started.Count == 0 ? "their ARNs are not known" : string.Join(", ", progress.Started);
}

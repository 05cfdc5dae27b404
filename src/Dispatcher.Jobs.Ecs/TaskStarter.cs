using Amazon.ECS.Model;
using Dispatcher.Aws;
using EcsTask = Amazon.ECS.Model.Task;

namespace Dispatcher.Jobs.Ecs;

/// <summary>The start of the missing tasks of a run, with the reasons why tasks could not be started.</summary>
internal sealed class TaskStarter(
    EcsClient client, EcsRunTaskParameters parameters, StartProgress progress, TimeProvider timeProvider, JobContext context)
{
    // The clocks of ECS and of this machine may differ by so much.
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromSeconds(1);

    /// <summary>Starts the tasks that have not been started.</summary>
    public async System.Threading.Tasks.Task StartAsync(CancellationToken cancellationToken)
    {
        var missing = (parameters.Count ?? 1) - progress.Started.Count;
        var request = RunTaskRequestFactory.Create(parameters, missing, progress.Answers, context);
        var change = new Change("ecs:RunTask", $"ecs://{request.Cluster ?? "default"}/{request.TaskDefinition}")
        {
            Reason = context.DryRun ? RunTaskDescription.Describe(request) : $"startedBy {request.StartedBy}",
            Evidence = $"clientToken={request.ClientToken} request={RunTaskDescription.Digest(request)}",
            Counter = "tasksStarted",
        };

        context.Changes.EnsureWithinLimit(missing);
        var outcomes = await context.Changes.TryApplyEachAsync(
            [.. Enumerable.Repeat(change, missing)],
            (admitted, token) =>
            {
                request.Count = admitted.Count;
                return RunAsync(request, admitted.Count, token);
            },
            cancellationToken);
        progress.OutsidePlan = outcomes.Count(static outcome => outcome.IsOutsidePlan);
    }

    private async Task<IReadOnlyList<ChangeOutcome>> RunAsync(RunTaskRequest request, int wanted, CancellationToken cancellationToken)
    {
        var before = progress.UnansweredSince;
        var sent = progress.UnansweredSince ??= timeProvider.GetUtcNow();
        try
        {
            return Record(await client.RunAsync(request, cancellationToken), wanted, sent);
        }
        catch (ConflictException exception)
        {
            progress.ByEarlierDelivery = true;
            var skipped = AwsAttempts.Settle(request, ChangeOutcome.Skipped(EcsText.Printable(exception.Message)));
            return [.. Enumerable.Repeat(skipped, wanted)];
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            var failure = context.Classify(exception);
            var error = failure.OutcomeUnknown ? $"{failure.Message} {MayHaveStarted(request)}" : failure.Message;
            progress.UnansweredSince = failure.OutcomeUnknown ? sent : before;
            progress.Failures = [new PlacementFailure(error, failure.Kind == FailureKind.Transient)];
            return [.. Enumerable.Repeat(failure.OutcomeUnknown ? ChangeOutcome.Unknown(error) : ChangeOutcome.Failed(error), wanted)];
        }
    }

    private string MayHaveStarted(RunTaskRequest request) =>
        $"ECS may have started '{request.TaskDefinition}' all the same: look on cluster '{request.Cluster ?? "default"}' "
        + $"for tasks with startedBy {request.StartedBy}. "
        + (context.Slot == context.RunId
            ? "Only the attempts of this run are safe to repeat: they send the same clientToken. "
              + "A new run needs an 'id' or 'scheduledTime' for that."
            : "To deliver this slot again is safe: it sends the same clientToken, with which ECS starts nothing twice within 24 hours.");

    private ChangeOutcome[] Record(RunTaskResponse response, int wanted, DateTimeOffset sent)
    {
        var tasks = response.Tasks ?? [];
        progress.Answers++;
        progress.UnansweredSince = null;
        progress.Started.AddRange(tasks.Select(task => task.TaskArn));
        progress.Failures = response.Failures is { Count: > 0 } failures ? [.. failures.Select(PlacementFailure.Create)]
            : tasks.Count >= wanted ? []
            : [new($"ECS started {tasks.Count} of {wanted} tasks and gave no reason. The cluster may be full.", IsTransient: true)];
        return
        [
            .. tasks.Take(wanted).Select(task => OutcomeOf(task, sent)),
            .. Enumerable.Range(0, Math.Max(0, wanted - tasks.Count)).Select(index =>
                ChangeOutcome.Failed(progress.Failures[Math.Min(index, progress.Failures.Count - 1)].Message)),
        ];
    }

    /// <summary>ECS answers a token that it knows with the tasks that were started with it, by whichever delivery.</summary>
    private ChangeOutcome OutcomeOf(EcsTask task, DateTimeOffset sent)
    {
        if (!IsEarlier(task, sent))
        {
            Log.Started(context.Logger, task.TaskArn);
            return ChangeOutcome.Applied;
        }

        progress.Earlier++;
        Log.StartedEarlier(context.Logger, task.TaskArn);
        return ChangeOutcome.Skipped($"an earlier delivery of this slot has started {task.TaskArn}");
    }

    private static bool IsEarlier(EcsTask task, DateTimeOffset sent) =>
        new[] { task.CreatedAt, task.StartedAt, task.StoppedAt }
            .Any(time => time is { } at && at.ToUniversalTime() < (sent - ClockTolerance).UtcDateTime);
}

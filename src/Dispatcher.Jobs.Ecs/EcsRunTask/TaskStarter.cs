using System.Runtime.ExceptionServices;
using Amazon.ECS.Model;
using Dispatcher.Hosting;
using EcsTask = Amazon.ECS.Model.Task;

namespace Dispatcher.Jobs.Ecs.EcsRunTask;

/// <summary>Starts what is missing of a run's tasks, and notes why it could not.</summary>
internal sealed class TaskStarter(
    EcsClient client, EcsRunTaskParameters parameters, StartProgress progress, FailureClassifier failures, TimeProvider timeProvider, JobContext context)
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
            Evidence = $"clientToken={request.ClientToken}",
            Counter = "tasksStarted",
        };

        ExceptionDispatchInfo? error = null;
        context.Changes.EnsureWithinLimit(missing);
        await context.Changes.TryApplyEachAsync(
            [.. Enumerable.Repeat(change, missing)],
            async (_, token) =>
            {
                try
                {
                    return await RunAsync(request, missing, token);
                }
                catch (Exception exception)
                {
                    error = ExceptionDispatchInfo.Capture(exception);
                    throw;
                }
            },
            cancellationToken);

        // The gate has noted the error; whether the run is tried again is the pipeline's to say.
        error?.Throw();
    }

    private async Task<IReadOnlyList<ChangeOutcome>> RunAsync(RunTaskRequest request, int wanted, CancellationToken cancellationToken)
    {
        var before = progress.UnansweredSince;
        var sent = progress.UnansweredSince ??= timeProvider.GetUtcNow();
        try
        {
            var response = await client.RunAsync(request, cancellationToken);
            return Record(response, wanted, sent);
        }
        catch (ConflictException exception)
        {
            progress.ByEarlierDelivery = true;
            return [.. Enumerable.Repeat(ChangeOutcome.Skipped(EcsText.Printable(exception.Message)), wanted)];
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            var failure = failures.Classify(exception);
            if (!failure.OutcomeUnknown)
            {
                progress.UnansweredSince = before;
                throw;
            }

            throw new TaskStartException(failure with { Message = $"{failure.Message} {MayHaveStarted(request)}", HasUserMessage = true }, exception);
        }
    }

    private string MayHaveStarted(RunTaskRequest request) =>
        $"ECS may have started '{request.TaskDefinition}' all the same: look on cluster '{request.Cluster ?? "default"}' for tasks with startedBy {request.StartedBy}. "
        + (context.Slot == context.RunId
            ? "Only the attempts of this run are safe to repeat: they send the same clientToken. A new run needs an 'id' or 'scheduledTime' for that."
            : "To deliver this slot again is safe: it sends the same clientToken, with which ECS starts nothing twice within 24 hours.");

    private ChangeOutcome[] Record(RunTaskResponse response, int wanted, DateTimeOffset sent)
    {
        var tasks = response.Tasks ?? [];
        progress.Answers++;
        progress.UnansweredSince = null;
        progress.Started.AddRange(tasks.Select(task => task.TaskArn));
        progress.Failures.Clear();
        progress.Failures.AddRange((response.Failures ?? []).Select(PlacementFailure.Create));
        if (progress.Failures.Count == 0 && tasks.Count < wanted)
        {
            progress.Failures.Add(new PlacementFailure($"ECS started {tasks.Count} of {wanted} tasks and gave no reason. The cluster may be full.", IsTransient: true));
        }

        return [.. Enumerable.Range(0, wanted).Select(index =>
            index < tasks.Count ? OutcomeOf(tasks[index], sent) : ChangeOutcome.Failed(ErrorAt(index - tasks.Count)))];
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
        new[] { task.CreatedAt, task.StartedAt, task.StoppedAt }.Any(time => time is { } at && at.ToUniversalTime() < (sent - ClockTolerance).UtcDateTime);

    private string ErrorAt(int index) => progress.Failures[Math.Min(index, progress.Failures.Count - 1)].Message;
}

using System.Runtime.ExceptionServices;
using Amazon.ECS.Model;
using Dispatcher.Changes;

namespace Dispatcher.Jobs.Ecs.EcsRunTask;

/// <summary>Starts what is missing of a run's tasks, and notes why it could not.</summary>
internal sealed class TaskStarter(EcsClient client, EcsRunTaskParameters parameters, StartProgress progress, JobContext context)
{
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
        await context.Changes.ApplyBatchAsync(
            [.. Enumerable.Repeat(change, missing)],
            async (_, token) =>
            {
                try
                {
                    return Record(await client.RunAsync(request, token), missing);
                }
                catch (ConflictException exception)
                {
                    progress.ByEarlierDelivery = true;
                    return [.. Enumerable.Repeat(ChangeOutcome.Skipped(exception.Message), missing)];
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

    private ChangeOutcome[] Record(RunTaskResponse response, int wanted)
    {
        var started = (response.Tasks ?? []).Select(task => task.TaskArn).ToList();
        progress.Answers++;
        progress.Started.AddRange(started);
        progress.Failures.Clear();
        progress.Failures.AddRange((response.Failures ?? []).Select(PlacementFailure.Create));
        if (progress.Failures.Count == 0 && started.Count < wanted)
        {
            progress.Failures.Add(new PlacementFailure($"ECS started {started.Count} of {wanted} tasks and gave no reason. The cluster may be full.", IsTransient: true));
        }

        return [.. Enumerable.Range(0, wanted).Select(index => index < started.Count ? ChangeOutcome.Applied : ChangeOutcome.Failed(ErrorAt(index - started.Count)))];
    }

    private string ErrorAt(int index) => progress.Failures[Math.Min(index, progress.Failures.Count - 1)].Message;
}

using Dispatcher.Aws;
using EcsTask = Amazon.ECS.Model.Task;

namespace Dispatcher.Jobs.Ecs;

/// <summary>The wait until tasks have stopped, which reports how they ended.</summary>
internal sealed class TaskWaiter(EcsClient client, StoppedTaskEvaluator evaluator, TimeProvider timeProvider, JobContext context)
{
    // ECS is eventually consistent: a task that has just been started may not be known yet.
    private const int LooksUntilMissing = 6;

    /// <summary>Waits until the tasks have stopped or the deadline has come.</summary>
    /// <returns>What became of the tasks; at the deadline, that they continue.</returns>
    public Task<JobResult> WaitAsync(IReadOnlyList<string> arns, CancellationToken cancellationToken) =>
        new OutcomePolling(timeProvider, context).WaitAsync(
            (look, token) => LookAsync(arns, look, token), () => DescribeRunning(arns), cancellationToken);

    private async Task<JobResult?> LookAsync(IReadOnlyList<string> arns, int look, CancellationToken cancellationToken)
    {
        var response = await client.DescribeAsync(arns, cancellationToken);
        var tasks = response.Tasks ?? [];
        var stopped = tasks.Count(task => task.LastStatus == "STOPPED");
        context.Progress.Report(new JobProgress("Waiting for tasks to stop", stopped, arns.Count));
        if (stopped == arns.Count)
        {
            return await EvaluateAsync(tasks, cancellationToken);
        }

        if (look < LooksUntilMissing || tasks.Count >= arns.Count)
        {
            return null;
        }

        var missing = string.Join(", ", arns.Except(tasks.Select(task => task.TaskArn)));
        return JobResult.Failed(
            $"ECS no longer knows {missing}, so that their exit codes are lost. "
            + "It forgets a task an hour after it stopped: look at the task's log.");
    }

    /// <summary>Nothing has failed: the tasks run on, and the next delivery of the slot finds them and continues to wait.</summary>
    private static string DescribeRunning(IReadOnlyList<string> arns)
    {
        var what = arns.Count == 1
            ? "1 task is still running at the deadline; it continues in ECS"
            : $"{arns.Count} tasks are still running at the deadline; they continue in ECS";
        return $"{what}: {string.Join(", ", arns)}.";
    }

    private async Task<JobResult> EvaluateAsync(List<EcsTask> tasks, CancellationToken cancellationToken)
    {
        var failed = new List<string>();
        foreach (var task in tasks)
        {
            if (await evaluator.FindProblemAsync(task, cancellationToken) is { } problem)
            {
                failed.Add(problem);
                context.Errors.Add(task.TaskArn, problem);
            }
        }

        context.Counters.Set("tasksFailed", failed.Count);
        return failed.Count switch
        {
            0 => JobResult.Succeeded(
                $"{(tasks.Count == 1 ? "1 task is" : $"{tasks.Count} tasks are")} done, {Containers(tasks)} with exit code 0."),
            var count when count == tasks.Count =>
                JobResult.Failed($"{(count == 1 ? "1 task" : $"All {count} tasks")} failed. {failed[0]}"),
            var count => JobResult.Partial($"{count} of {tasks.Count} tasks failed. {failed[0]}"),
        };
    }

    private static string Containers(List<EcsTask> tasks) =>
        tasks.SelectMany(task => task.Containers ?? []).All(container => container.ExitCode == 0)
            ? "every container"
            : "every container that decides";
}

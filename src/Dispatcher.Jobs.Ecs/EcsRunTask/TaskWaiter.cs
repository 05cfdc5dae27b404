using EcsTask = Amazon.ECS.Model.Task;

namespace Dispatcher.Jobs.Ecs.EcsRunTask;

/// <summary>Waits until tasks have stopped, and judges them by their exit codes.</summary>
internal sealed class TaskWaiter(EcsClient client, TimeProvider timeProvider, JobContext context)
{
    /// <summary>How long to wait between two looks: a task that runs for hours is not worth more calls.</summary>
    internal static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    // ECS is eventually consistent: a task that has just been started may not be known yet.
    private const int LooksUntilMissing = 6;

    /// <summary>Waits.</summary>
    /// <returns>What became of the tasks; at the deadline, that they go on.</returns>
    public async Task<JobResult> WaitAsync(IReadOnlyList<string> arns, CancellationToken cancellationToken)
    {
        try
        {
            for (var look = 1; ; look++)
            {
                var response = await client.DescribeAsync(arns, cancellationToken);
                var tasks = response.Tasks ?? [];
                var stopped = tasks.Count(task => task.LastStatus == "STOPPED");
                context.Progress.Report(new JobProgress("Waiting for tasks to stop", stopped, arns.Count));
                if (stopped == arns.Count)
                {
                    return Judge(tasks);
                }

                if (look >= LooksUntilMissing && tasks.Count < arns.Count)
                {
                    return JobResult.Failed(
                        $"ECS no longer knows {string.Join(", ", arns.Except(tasks.Select(task => task.TaskArn)))}, so that their exit codes are lost. "
                        + "It forgets a task an hour after it stopped: look at the task's log.");
                }

                await System.Threading.Tasks.Task.Delay(Pause, timeProvider, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (timeProvider.GetUtcNow() >= context.Deadline)
        {
            // Nothing has failed: the tasks run on, and the next delivery of the slot finds them and waits on.
            return JobResult.Continued($"{Count(arns.Count)} still running at the deadline, and goes on in ECS: {string.Join(", ", arns)}.");
        }
    }

    private JobResult Judge(List<EcsTask> tasks)
    {
        var failed = 0;
        foreach (var task in tasks)
        {
            var problems = Problems(task).ToList();
            if (problems.Count > 0)
            {
                failed++;
                context.Errors.Add(task.TaskArn, string.Join(" ", problems));
            }
        }

        context.Counters.Set("tasksFailed", failed);
        return failed switch
        {
            0 => JobResult.Succeeded($"{Count(tasks.Count)} done, every container with exit code 0."),
            _ when failed == tasks.Count => JobResult.Failed($"{Count(tasks.Count)} done and failed. {context.Errors.Snapshot()[0].Error}"),
            _ => JobResult.Partial($"{failed} of {tasks.Count} tasks failed."),
        };
    }

    private static IEnumerable<string> Problems(EcsTask task)
    {
        var reason = string.IsNullOrEmpty(task.StoppedReason) ? string.Empty : $" ({task.StoppedReason})";
        var containers = task.Containers ?? [];
        if (containers.Count == 0)
        {
            yield return $"The task stopped without a container{reason}.";
        }

        foreach (var container in containers.Where(container => container.ExitCode != 0))
        {
            var own = string.IsNullOrEmpty(container.Reason) ? reason : $" ({container.Reason})";
            yield return container.ExitCode is { } code
                ? $"Container '{container.Name}' ended with exit code {code}{own}."
                : $"Container '{container.Name}' never ran{own}.";
        }
    }

    private static string Count(int tasks) => tasks == 1 ? "1 task is" : $"{tasks} tasks are";
}

using Amazon.ECS;
using Microsoft.Extensions.Logging;
using EcsTask = Amazon.ECS.Model.Task;

namespace Dispatcher.Jobs.Ecs;

/// <summary>
/// Decides whether a stopped task has done its work: the code with which ECS stopped it, and the exit codes of the containers that decide - the
/// one that <c>container</c> names, else the essential ones.
/// </summary>
internal sealed class TaskJudge(EcsClient client, string? decidingContainer, ILogger logger)
{
    private readonly Dictionary<string, IReadOnlySet<string>?> _essential = new(StringComparer.Ordinal);

    /// <summary>Judges a task.</summary>
    /// <returns>What went wrong, for a person; <see langword="null"/> if the task has done its work.</returns>
    public async Task<string?> JudgeAsync(EcsTask task, CancellationToken cancellationToken)
    {
        // Without a code, ECS has not said why it stopped the task: the containers alone decide.
        if (task.StopCode is { } code && code != TaskStopCode.EssentialContainerExited)
        {
            return string.Join(" ", StopProblem(task, code).Concat(ContainerProblems(task).Select(problem => problem.Text)));
        }

        var containers = task.Containers ?? [];
        if (containers.Count == 0)
        {
            return $"The task stopped without a container{Suffix(task)}.";
        }

        if (decidingContainer is not null && containers.All(container => container.Name != decidingContainer))
        {
            return $"The task has no container '{EcsText.Printable(decidingContainer)}', which 'container' names. "
                   + $"Its containers: {string.Join(", ", containers.Select(container => $"'{EcsText.Printable(container.Name)}'"))}.";
        }

        var problems = ContainerProblems(task).ToList();
        return problems.Count == 0 ? null : await DecideAsync(task, problems, cancellationToken);
    }

    private async Task<string?> DecideAsync(EcsTask task, List<(string Name, string Text)> problems, CancellationToken cancellationToken)
    {
        if (decidingContainer is not null)
        {
            return Join(task, problems, name => name == decidingContainer);
        }

        // The only container of a task is essential.
        if (task.Containers.Count == 1)
        {
            return problems[0].Text;
        }

        if (await FindEssentialAsync(task, cancellationToken) is not { } essential)
        {
            return $"{string.Join(" ", problems.Select(problem => problem.Text))} Whether such a container is essential could not be read from the task definition: "
                   + "allow ecs:DescribeTaskDefinition in the function's role, or name the container that decides in 'container'.";
        }

        var text = Join(task, problems, essential.Contains);
        return text is null || task.Containers.Count(container => essential.Contains(container.Name)) == 1
            ? text
            : $"{text} If another container decides, name it in 'container'.";
    }

    /// <summary>Reports the problems of the containers that decide, and logs those of the others.</summary>
    private string? Join(EcsTask task, List<(string Name, string Text)> problems, Func<string, bool> decides)
    {
        foreach (var (_, text) in problems.Where(problem => !decides(problem.Name)))
        {
            Log.Ignored(logger, task.TaskArn, text);
        }

        return string.Join(" ", problems.Where(problem => decides(problem.Name)).Select(problem => problem.Text)) is { Length: > 0 } all ? all : null;
    }

    private async Task<IReadOnlySet<string>?> FindEssentialAsync(EcsTask task, CancellationToken cancellationToken)
    {
        var definition = task.TaskDefinitionArn;
        if (string.IsNullOrEmpty(definition))
        {
            return null;
        }

        if (!_essential.TryGetValue(definition, out var names))
        {
            names = await client.FindEssentialContainersAsync(definition, cancellationToken);
            _essential.Add(definition, names);
        }

        return names;
    }

    private static IEnumerable<(string Name, string Text)> ContainerProblems(EcsTask task) =>
        from container in task.Containers ?? []
        let text = ContainerFate.Problem(container, task.StoppedReason)
        where text is not null
        select (container.Name ?? string.Empty, text);

    private static IEnumerable<string> StopProblem(EcsTask task, TaskStopCode code)
    {
        yield return $"ECS stopped the task: {EcsText.Printable(code.Value)}{Suffix(task)}.";
        yield return code.Value switch
        {
            "SpotInterruption" => "Its capacity was reclaimed. A part of its work may be done, so it is not started again by itself: run the job again, or use FARGATE.",
            "UserInitiated" => "Somebody called StopTask.",
            "TaskFailedToStart" => "Its image, secrets, network or capacity were not available: correct what the reason names.",
            "ServiceSchedulerInitiated" => "A service scheduler ended it before its containers did.",
            "TerminationNotice" => "Its instance was shut down before its containers ended.",
            _ => "It did not end by itself, so its work may not be complete.",
        };
    }

    private static string Suffix(EcsTask task) =>
        string.IsNullOrEmpty(task.StoppedReason) ? string.Empty : $" ({EcsText.Printable(task.StoppedReason)})";
}

using Amazon.ECS;
using Amazon.ECS.Model;
using Microsoft.Extensions.Logging;
using EcsTask = Amazon.ECS.Model.Task;

namespace Dispatcher.Jobs.Ecs;

/// <summary>
/// The rules by which a stopped task has done its work: the code with which ECS stopped it, and the exit codes of the containers that
/// decide - the one that <c>container</c> names, else the essential ones.
/// </summary>
internal sealed class StoppedTaskEvaluator(EcsClient client, string? decidingContainer, ILogger logger)
{
    private readonly Dictionary<string, IReadOnlySet<string>?> _essential = new(StringComparer.Ordinal);

    /// <summary>Finds what went wrong with a task.</summary>
    /// <returns>The problem, for a person; <see langword="null"/> if the task has done its work.</returns>
    public async Task<string?> FindProblemAsync(EcsTask task, CancellationToken cancellationToken)
    {
        var containers = task.Containers ?? [];
        var problems = (from container in containers
                        let problem = DescribeProblem(container, task.StoppedReason)
                        where problem is not null
                        select (container.Name, Text: problem)).ToList();

        // Without a code, ECS has not said why it stopped the task: the containers alone decide.
        if (task.StopCode is { } code && code != TaskStopCode.EssentialContainerExited)
        {
            return Join([$"ECS stopped the task: {EcsText.Printable(code.Value)}{Reason(task.StoppedReason)}.", Remedy(code),
                .. problems.Select(problem => problem.Text)]);
        }

        if (containers.Count == 0)
        {
            return $"The task stopped without a container{Reason(task.StoppedReason)}.";
        }

        if (decidingContainer is not null && containers.All(container => container.Name != decidingContainer))
        {
            return $"The task has no container '{EcsText.Printable(decidingContainer)}', which 'container' names. "
                   + $"Its containers: {string.Join(", ", containers.Select(container => $"'{EcsText.Printable(container.Name)}'"))}.";
        }

        return problems.Count == 0 ? null : await DecideAsync(task, problems, cancellationToken);
    }

    private async Task<string?> DecideAsync(EcsTask task, List<(string Name, string Text)> problems, CancellationToken cancellationToken)
    {
        // The only container of a task is essential.
        var deciding = decidingContainer is not null ? new HashSet<string> { decidingContainer }
            : task.Containers.Count == 1 ? new HashSet<string> { task.Containers[0].Name }
            : await FindEssentialAsync(task.TaskDefinitionArn, cancellationToken);
        if (deciding is null)
        {
            return $"{Join(problems.Select(problem => problem.Text))} Whether such a container is essential could not be read from the "
                   + "task definition: allow ecs:DescribeTaskDefinition in the function's role, or name the container that decides in "
                   + "'container'.";
        }

        foreach (var (_, text) in problems.Where(problem => !deciding.Contains(problem.Name)))
        {
            Log.Ignored(logger, task.TaskArn, text);
        }

        var error = Join(problems.Where(problem => deciding.Contains(problem.Name)).Select(problem => problem.Text));
        return error.Length == 0 ? null
            : task.Containers.Count(container => deciding.Contains(container.Name)) == 1 ? error
            : $"{error} If another container decides, name it in 'container'.";
    }

    private async Task<IReadOnlySet<string>?> FindEssentialAsync(string? definition, CancellationToken cancellationToken) =>
        string.IsNullOrEmpty(definition) ? null
        : _essential.TryGetValue(definition, out var names) ? names
        : _essential[definition] = await client.FindEssentialContainersAsync(definition, cancellationToken);

    /// <summary>Describes what went wrong with a container.</summary>
    /// <returns>The problem, or <see langword="null"/> if the container ended with exit code 0 and without a reason.</returns>
    private static string? DescribeProblem(Container container, string? taskReason)
    {
        var name = EcsText.Printable(container.Name);
        var reason = Reason(string.IsNullOrEmpty(container.Reason) ? taskReason : container.Reason);
        return container.ExitCode switch
        {
            // An OutOfMemoryError can hit a child process while the container's first process still ends with 0.
            0 when string.IsNullOrEmpty(container.Reason) => null,
            0 => $"Container '{name}' ended with exit code 0, but ECS names a reason{reason}.",
            { } code => $"Container '{name}' ended with exit code {code}{reason}.",
            null => $"Container '{name}' never ran{reason}.",
        };
    }

    private static string Remedy(TaskStopCode code) => code.Value switch
    {
        "SpotInterruption" => "Its capacity was reclaimed. A part of its work may be done, so it is not started again by itself: "
                              + "run the job again, or use FARGATE.",
        "UserInitiated" => "Somebody called StopTask.",
        "TaskFailedToStart" => "Its image, secrets, network or capacity were not available: correct what the reason names.",
        "ServiceSchedulerInitiated" => "A service scheduler ended it before its containers did.",
        "TerminationNotice" => "Its instance was shut down before its containers ended.",
        _ => "It did not end by itself, so its work may not be complete.",
    };

    private static string Join(IEnumerable<string> sentences) => string.Join(" ", sentences);

    private static string Reason(string? text) => string.IsNullOrEmpty(text) ? string.Empty : $" ({EcsText.Printable(text)})";
}

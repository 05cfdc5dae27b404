using Amazon.ECS.Model;

namespace Dispatcher.Jobs.Ecs;

/// <summary>The end of one container, as ECS describes it.</summary>
internal static class ContainerFate
{
    /// <summary>Describes what went wrong with a container.</summary>
    /// <param name="container">A container of a task that has stopped.</param>
    /// <param name="taskReason">Why the task stopped, for a container without a reason of its own.</param>
    /// <returns>The problem, or <see langword="null"/> if the container ended with exit code 0 and without a reason.</returns>
    public static string? Problem(Container container, string? taskReason)
    {
        var name = EcsText.Printable(container.Name);
        if (container.ExitCode == 0)
        {
            // An OutOfMemoryError can hit a child process while the container's first process still ends with 0.
            return string.IsNullOrEmpty(container.Reason)
                ? null
                : $"Container '{name}' ended with exit code 0, but ECS names a reason ({EcsText.Printable(container.Reason)}).";
        }

        var reason = EcsText.Printable(string.IsNullOrEmpty(container.Reason) ? taskReason : container.Reason);
        var suffix = reason.Length == 0 ? string.Empty : $" ({reason})";
        return container.ExitCode is { } code
            ? $"Container '{name}' ended with exit code {code}{suffix}."
            : $"Container '{name}' never ran{suffix}.";
    }
}

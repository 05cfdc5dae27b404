using System.Text.RegularExpressions;
using Dispatcher.Text;

namespace Dispatcher.Jobs.Celery;

/// <summary>The rules for one task. They also hold for a task in a list, which attributes do not reach.</summary>
internal static partial class TaskValidator
{
    private static readonly string[] Fields =
        ["task", "args", "kwargs", "countdown", "eta", "expiresIn", "expires", "priority", "taskId", "messageGroupId"];

    /// <summary>Returns everything that is wrong with a task.</summary>
    /// <param name="task">The task.</param>
    /// <param name="path">What to write before a field's name: <c>tasks[0].</c>, or nothing.</param>
    public static IEnumerable<string> Validate(CeleryTask task, string path) =>
    [
        .. ValidateName(task.Task, path),
        .. ValidateSeconds(task.Countdown, 0, $"{path}countdown"),
        .. ValidateSeconds(task.ExpiresIn, 1, $"{path}expiresIn"),
        .. If(
            task is { Countdown: not null, Eta: not null },
            $"Parameters '{path}countdown' and '{path}eta' say the same in two ways. Give one of them."),
        .. If(
            task is { ExpiresIn: not null, Expires: not null },
            $"Parameters '{path}expiresIn' and '{path}expires' say the same in two ways. Give one of them."),
        .. If(
            task.ExpiresIn <= task.Countdown || task.Expires <= task.Eta,
            $"The task '{path}task' would expire before it may run. Raise the expiry above the countdown or eta."),
        .. If(
            task.Priority is < 0 or > CeleryTask.MaxPriority,
            $"Parameter '{path}priority' is {task.Priority}: it must be from 0 to {CeleryTask.MaxPriority}."),
        .. If(
            task.TaskId is { } id && !Guid.TryParseExact(id, "D", out _),
            $"Parameter '{path}taskId' is '{Redaction.Value(task.TaskId ?? string.Empty)}': a task's id is a UUID."),
        .. If(
            task.MessageGroupId is { Length: 0 or > 128 },
            $"Parameter '{path}messageGroupId' has {task.MessageGroupId?.Length} characters. Give 1 to 128."),
        .. (task.Unknown?.Keys ?? []).Select(name =>
            $"Unknown field '{path}{Redaction.Value(name)}'. Fields of a task: {string.Join(", ", Fields)}."),
        .. ArgumentValidator.Validate(task, path),
    ];

    /// <summary>Returns the names of the fields of a single task that are given.</summary>
    public static IReadOnlyList<string> GivenFields(CeleryTask task)
    {
        object?[] values =
        [
            task.Task, task.Args, task.Kwargs, task.Countdown, task.Eta, task.ExpiresIn, task.Expires, task.Priority, task.TaskId,
            task.MessageGroupId,
        ];
        return [.. Fields.Where((_, index) => values[index] is not null)];
    }

    private static IEnumerable<string> ValidateName(string? name, string path) => string.IsNullOrEmpty(name)
        ? [$"Parameter '{path}task' is missing. Give the task's registered name, such as \"app.tasks.cleanup\""
           + (path.Length == 0 ? ", or several in \"tasks\"." : ".")]
        : If(
            name.Length > 255 || !TaskName().IsMatch(name),
            $"Parameter '{path}task' is '{Redaction.Value(name)}': a task's name is a dotted Python path such as app.tasks.cleanup.");

    private static IEnumerable<string> ValidateSeconds(int? seconds, int least, string name) => If(
        seconds < least || seconds > CeleryTask.MaxSeconds,
        $"Parameter '{name}' is {seconds}: it must be from {least} to {CeleryTask.MaxSeconds}.");

    private static IEnumerable<string> If(bool isWrong, string problem) => isWrong ? [problem] : [];

    [GeneratedRegex(CeleryTask.TaskPattern, RegexOptions.ExplicitCapture)]
    private static partial Regex TaskName();
}

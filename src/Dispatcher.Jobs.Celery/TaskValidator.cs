using System.Text.RegularExpressions;
using Dispatcher.Text;

namespace Dispatcher.Jobs.Celery;

/// <summary>The rules for one task. They also hold for a task in a list, which attributes do not reach.</summary>
internal static partial class TaskValidator
{
    private static readonly string[] Fields =
    [
        "task", "args", "kwargs", "countdown", "eta", "expiresIn", "expires", "priority", "taskId", "timeLimit", "softTimeLimit",
        "headers", "messageGroupId",
    ];

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
            task.TaskId is { } id && !IsName(id),
            $"Parameter '{path}taskId' is '{Redaction.Value(task.TaskId ?? string.Empty)}': {CeleryTask.NameError}"),
        .. ValidateSeconds(task.TimeLimit, 1, $"{path}timeLimit"),
        .. ValidateSeconds(task.SoftTimeLimit, 1, $"{path}softTimeLimit"),
        .. If(
            task.SoftTimeLimit >= task.TimeLimit,
            $"Parameter '{path}softTimeLimit' is {task.SoftTimeLimit}, but the worker kills the task after '{path}timeLimit' "
            + $"{task.TimeLimit}. Lower the soft limit."),
        .. HeaderValidator.Validate(task, path),
        .. If(
            task.MessageGroupId is { } group && !GroupId().IsMatch(group),
            $"Parameter '{path}messageGroupId' has {task.MessageGroupId?.Length} characters. "
            + "Give 1 to 128 ASCII letters, digits and punctuation marks."),
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
            task.TimeLimit, task.SoftTimeLimit, task.Headers, task.MessageGroupId,
        ];
        return [.. Fields.Where((_, index) => values[index] is not null)];
    }

    /// <summary>Determines whether a text may be the name or the id of a task, or the name of a header.</summary>
    /// <remarks>Names are logged and kept: a URL or a connection string in their place may hold a password.</remarks>
    public static bool IsName(string text) =>
        Name().IsMatch(text) && PrintableText.Escape(text) == text
        && !text.Contains("://", StringComparison.Ordinal) && Redaction.Sentence(text) == text;

    private static IEnumerable<string> ValidateName(string? name, string path) => string.IsNullOrEmpty(name)
        ? [$"Parameter '{path}task' is missing. Give the task's registered name, such as \"app.tasks.cleanup\""
           + (path.Length == 0 ? ", or several in \"tasks\"." : ".")]
        : If(
            !IsName(name),
            $"Parameter '{path}task' is '{Redaction.Value(name)}', {name.Length} characters: {CeleryTask.NameError}");

    private static IEnumerable<string> ValidateSeconds(int? seconds, int least, string name) => If(
        seconds < least || seconds > CeleryTask.MaxSeconds,
        $"Parameter '{name}' is {seconds}: it must be from {least} to {CeleryTask.MaxSeconds}.");

    private static IEnumerable<string> If(bool isWrong, string problem) => isWrong ? [problem] : [];

    [GeneratedRegex(CeleryTask.NamePattern)]
    private static partial Regex Name();

    [GeneratedRegex(CeleryTask.GroupPattern)]
    private static partial Regex GroupId();
}

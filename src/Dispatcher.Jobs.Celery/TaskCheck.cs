using System.Text.RegularExpressions;
using Dispatcher.Text;

namespace Dispatcher.Jobs.Celery;

/// <summary>Checks one task, also where it stands in a list, which attributes do not reach.</summary>
internal static partial class TaskCheck
{
    /// <summary>Adds everything that is wrong with a task.</summary>
    public static void Check(CeleryTask task, string where, ICollection<string> problems)
    {
        CheckName(task.Task, where, problems);
        CheckTimes(task, where, problems);
        if (task.Priority is < 0 or > CeleryTask.MaxPriority)
        {
            problems.Add($"Parameter '{where}priority' is {task.Priority}: it must be from 0 to {CeleryTask.MaxPriority}.");
        }

        if (task.TaskId is { } id && !Guid.TryParseExact(id, "D", out _))
        {
            problems.Add($"Parameter '{where}taskId' is '{Redaction.Value(id)}': a task's id is a UUID.");
        }

        if (task.MessageGroupId is { Length: 0 or > 128 })
        {
            problems.Add($"Parameter '{where}messageGroupId' has {task.MessageGroupId.Length} characters. Give 1 to 128.");
        }

        foreach (var name in task.Unknown?.Keys ?? [])
        {
            problems.Add($"Unknown field '{where}{Redaction.Value(name)}'. Fields of a task: {string.Join(", ", Fields)}.");
        }

        ArgumentCheck.Check(task, where, problems);
    }

    /// <summary>Names the fields of a single task that are given.</summary>
    public static IReadOnlyList<string> GivenFields(CeleryTask task)
    {
        object?[] values =
        [
            task.Task, task.Args, task.Kwargs, task.Countdown, task.Eta, task.ExpiresIn, task.Expires, task.Priority, task.TaskId,
            task.MessageGroupId,
        ];
        return [.. Fields.Where((_, index) => values[index] is not null)];
    }

    private static string[] Fields { get; } =
        ["task", "args", "kwargs", "countdown", "eta", "expiresIn", "expires", "priority", "taskId", "messageGroupId"];

    private static void CheckName(string? name, string where, ICollection<string> problems)
    {
        if (string.IsNullOrEmpty(name))
        {
            problems.Add($"Parameter '{where}task' is missing. Give the task's registered name, such as \"app.tasks.cleanup\"{(where.Length == 0 ? ", or several in \"tasks\"" : string.Empty)}.");
        }
        else if (name.Length > 255 || !TaskName().IsMatch(name))
        {
            problems.Add($"Parameter '{where}task' is '{Redaction.Value(name)}': a task's name is a dotted Python path such as app.tasks.cleanup.");
        }
    }

    private static void CheckTimes(CeleryTask task, string where, ICollection<string> problems)
    {
        CheckSeconds(task.Countdown, 0, $"{where}countdown", problems);
        CheckSeconds(task.ExpiresIn, 1, $"{where}expiresIn", problems);
        if (task is { Countdown: not null, Eta: not null })
        {
            problems.Add($"Parameters '{where}countdown' and '{where}eta' say the same in two ways. Give one of them.");
        }

        if (task is { ExpiresIn: not null, Expires: not null })
        {
            problems.Add($"Parameters '{where}expiresIn' and '{where}expires' say the same in two ways. Give one of them.");
        }

        if (task.ExpiresIn <= task.Countdown || task.Expires <= task.Eta)
        {
            problems.Add($"The task '{where}task' would expire before it may run. Raise the expiry above the countdown or eta.");
        }
    }

    private static void CheckSeconds(int? seconds, int least, string name, ICollection<string> problems)
    {
        if (seconds < least || seconds > CeleryTask.MaxSeconds)
        {
            problems.Add($"Parameter '{name}' is {seconds}: it must be from {least} to {CeleryTask.MaxSeconds}.");
        }
    }

    [GeneratedRegex(CeleryTask.TaskPattern, RegexOptions.ExplicitCapture)]
    private static partial Regex TaskName();
}

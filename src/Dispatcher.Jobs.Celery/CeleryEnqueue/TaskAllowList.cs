using Microsoft.Extensions.Configuration;

namespace Dispatcher.Jobs.Celery.CeleryEnqueue;

/// <summary>
/// Knows which tasks may be enqueued: <c>CELERY_ALLOWED_TASKS</c>, names and patterns such as <c>app.tasks.*</c> between commas. Where it
/// is not set, every task may. A payload cannot change it.
/// </summary>
/// <remarks>A worker never deletes the message of a task that it does not know: a misspelt name comes back for ever.</remarks>
internal sealed class TaskAllowList
{
    internal const string Key = "CELERY_ALLOWED_TASKS";

    private readonly string[]? _patterns;

    private TaskAllowList(string? text) =>
        _patterns = string.IsNullOrWhiteSpace(text) ? null : text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    public static TaskAllowList Read(IConfiguration configuration) => new(configuration[Key]);

    /// <summary>Refuses all tasks of a run if one of them is not allowed, and names each that is not.</summary>
    public void Check(IEnumerable<CeleryTask> tasks)
    {
        if (_patterns is null)
        {
            return;
        }

        var refused = tasks.Select(task => task.Task!).Distinct(StringComparer.Ordinal).Where(name => !_patterns.Any(pattern => Matches(name, pattern))).ToList();
        if (refused.Count > 0)
        {
            throw new PermanentJobException(
                $"Not allowed: {string.Join(", ", refused.Take(10).Select(name => $"'{name}'"))}{(refused.Count > 10 ? $" and {refused.Count - 10} more" : string.Empty)}. "
                + $"{Key} allows {string.Join(", ", _patterns)}. Correct the name, or add it there.");
        }
    }

    private static bool Matches(string name, string pattern) =>
        pattern.EndsWith('*') ? name.StartsWith(pattern[..^1], StringComparison.Ordinal) : name == pattern;
}

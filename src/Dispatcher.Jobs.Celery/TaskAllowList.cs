using Microsoft.Extensions.Configuration;

namespace Dispatcher.Jobs.Celery;

/// <summary>
/// The tasks that may be enqueued: <c>CELERY_ALLOWED_TASKS</c>, comma-separated names and patterns such as <c>app.tasks.*</c>. If it is
/// not set, every task is allowed. A payload cannot change it.
/// </summary>
/// <remarks>A worker never deletes the message of a task that it does not know: a misspelt name comes back for ever.</remarks>
internal static class TaskAllowList
{
    private const string Key = "CELERY_ALLOWED_TASKS";

    /// <summary>Refuses all tasks of a run if one of them is not allowed, and names each that is not.</summary>
    public static void EnsureAllowed(IConfiguration configuration, IEnumerable<CeleryTask> tasks)
    {
        if (AllowList.Read(configuration[Key]) is not { } allowed)
        {
            return;
        }

        var refused = tasks.Select(task => task.Task!).Distinct(StringComparer.Ordinal).Where(name => !allowed.Allows(name)).ToList();
        if (refused.Count > 0)
        {
            var more = refused.Count > 10 ? $" and {refused.Count - 10} more" : string.Empty;
            throw new PermanentJobException(
                $"Not allowed: {string.Join(", ", refused.Take(10).Select(name => $"'{name}'"))}{more}. "
                + $"{Key} allows {allowed}. Correct the name, or add it there.");
        }
    }
}

using System.Text.Json;
using Dispatcher.Text;

namespace Dispatcher.Jobs.Celery;

/// <summary>The rules for the headers beside those of Celery, which must not replace what the worker reads.</summary>
internal static class HeaderValidator
{
    private const int MaxHeaders = 50;

    // The headers of Celery's message protocol 2, and the members of celery.app.task.Context, into which a worker copies every header.
    // "compression" is kombu's: a worker fails on a body that is not compressed so.
    private static readonly HashSet<string> Reserved = new(StringComparer.Ordinal)
    {
        "lang", "task", "id", "shadow", "eta", "expires", "group", "group_index", "retries", "timelimit", "root_id", "parent_id",
        "argsrepr", "kwargsrepr", "origin", "ignore_result", "replaced_task_nesting", "stamps", "stamped_headers", "compression",
        "args", "kwargs", "utc", "callbacks", "errbacks", "chain", "chord", "delivery_info", "reply_to", "correlation_id", "hostname",
        "is_eager", "called_directly", "headers", "properties", "taskset", "loglevel", "logfile", "children", "get", "update", "clear",
        "as_execution_options",
    };

    /// <summary>Returns everything that is wrong with a task's headers.</summary>
    public static IEnumerable<string> Validate(CeleryTask task, string path)
    {
        var headers = task.Headers ?? new Dictionary<string, JsonElement>();
        if (headers.Count > MaxHeaders)
        {
            yield return $"Parameter '{path}headers' holds {headers.Count} headers. Give at most {MaxHeaders}.";
        }

        foreach (var name in headers.Keys.Where(name => !TaskValidator.IsName(name)))
        {
            yield return $"Header '{path}headers.{Redaction.Value(name)}': {CeleryTask.NameError}";
        }

        foreach (var name in headers.Keys.Where(name => Reserved.Contains(name) || name.StartsWith('_')))
        {
            yield return $"Header '{path}headers.{name}' is one that Celery itself sets. Give yours another name.";
        }
    }
}

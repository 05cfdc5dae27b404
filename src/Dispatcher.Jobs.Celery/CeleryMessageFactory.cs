using System.Globalization;
using System.Text.Json;

namespace Dispatcher.Jobs.Celery;

/// <summary>
/// Functions that create the messages of a run. They are the same, ids included, each time that the run's slot is delivered and at each
/// attempt.
/// </summary>
internal static class CeleryMessageFactory
{
    public static IReadOnlyList<CeleryMessage> Create(IReadOnlyList<CeleryTask> tasks, CeleryQueue queue, JobContext context) =>
        [.. tasks.Select((task, index) => Create(task, index, queue, context))];

    private static CeleryMessage Create(CeleryTask task, int index, CeleryQueue queue, JobContext context)
    {
        var message = new CeleryMessage(
            task.TaskId is not { } given ? CreateId(task, index, queue, context)
                : Guid.TryParseExact(given, "D", out var id) ? id.ToString()
                : given,
            task.Task!,
            task.Args ?? [],
            task.Kwargs ?? new Dictionary<string, JsonElement>(),
            task.Eta ?? After(task.Countdown is 0 ? null : task.Countdown, context),
            task.Expires ?? After(task.ExpiresIn, context),
            task.Priority ?? 0,
            task.MessageGroupId ?? (queue.IsFifo ? "default" : null))
        {
            Body = string.Empty,
            Digest = DigestOf(task),
            TimeLimits = (task.TimeLimit, task.SoftTimeLimit),
            Headers = task.Headers ?? new Dictionary<string, JsonElement>(),
        };
        return message with { Body = CeleryEnvelope.Write(message, queue.RoutingKey) };
    }

    /// <summary>
    /// Digests a task and its options. Times that count from the run's start are digested as they were given: a plan is applied
    /// later than it is made.
    /// </summary>
    private static string DigestOf(CeleryTask task) => EvidenceDigest.Create(
    [
        PythonLiteral.Call(task.Task!, task.Args ?? [], task.Kwargs ?? new Dictionary<string, JsonElement>()),
        CeleryEnvelope.Time(task.Eta),
        task.Countdown?.ToString(CultureInfo.InvariantCulture),
        CeleryEnvelope.Time(task.Expires),
        task.ExpiresIn?.ToString(CultureInfo.InvariantCulture),
        task.Priority?.ToString(CultureInfo.InvariantCulture),
        task.MessageGroupId,
        .. Options(task),
    ]);

    /// <summary>Returns the newer options of a task. Without them the digest is that of a plan that does not know them.</summary>
    private static IEnumerable<string?> Options(CeleryTask task) =>
        task is { TimeLimit: null, SoftTimeLimit: null, Headers: null }
            ? []
            : [
                task.TimeLimit?.ToString(CultureInfo.InvariantCulture),
                task.SoftTimeLimit?.ToString(CultureInfo.InvariantCulture),
                PythonLiteral.Dictionary(task.Headers ?? new Dictionary<string, JsonElement>()),
            ];

    /// <summary>Counts from the run's start, which is the same at each of its attempts.</summary>
    private static DateTimeOffset? After(int? seconds, JobContext context) =>
        seconds is { } some ? context.StartedAt.AddSeconds(some) : null;

    /// <summary>Two schedules may share a slot, so that the slot alone would give different tasks one id.</summary>
    private static string CreateId(CeleryTask task, int index, CeleryQueue queue, JobContext context) =>
        DeterministicGuid.Create(
            [
                context.Job,
                context.Slot,
                queue.Url,
                index.ToString(CultureInfo.InvariantCulture),
                PythonLiteral.Call(task.Task!, task.Args ?? [], task.Kwargs ?? new Dictionary<string, JsonElement>()),
            ]).ToString();
}

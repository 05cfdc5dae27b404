using System.Text.Json;

namespace Dispatcher.Tool.Commands.Running;

/// <summary>The outcome of a batch of SQS messages, as reported by the function.</summary>
/// <param name="Messages">How many messages the batch had.</param>
/// <param name="Returned">How many of them go back to the queue.</param>
internal sealed record BatchOutcome(int Messages, int Returned)
{
    /// <summary>Gets the exit code.</summary>
    public int ExitCode =>
        Returned == 0 ? Terminal.ExitCode.Done : Returned < Messages ? Terminal.ExitCode.Partial : Terminal.ExitCode.Failed;

    /// <summary>Reads the outcome.</summary>
    /// <param name="payload">The event.</param>
    /// <param name="answer">The function's answer to it.</param>
    /// <returns>The outcome, or <see langword="null"/> if the event was not a batch.</returns>
    public static BatchOutcome? For(JsonElement payload, JsonElement answer) =>
        answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty("batchItemFailures", out var failures)
            ? new BatchOutcome(CountRecords(payload), failures.GetArrayLength())
            : null;

    /// <summary>The handler has read the batch, so that the records are there; tools differ in the case of their name.</summary>
    private static int CountRecords(JsonElement payload) => payload.EnumerateObject()
        .Where(property => property.Name.Equals(
            "Records", StringComparison.OrdinalIgnoreCase) && property.Value.ValueKind == JsonValueKind.Array)
        .Select(property => property.Value.GetArrayLength())
        .FirstOrDefault();
}

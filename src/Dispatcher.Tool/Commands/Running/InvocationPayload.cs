using System.Text.Json;

namespace Dispatcher.Tool.Commands.Running;

/// <summary>What a payload asks for, as far as a question about it needs to know.</summary>
internal static class InvocationPayload
{
    /// <summary>Determines whether a payload changes nothing: a dry run, or a question about jobs.</summary>
    /// <param name="payload">The payload.</param>
    /// <returns>Whether it does not.</returns>
    public static bool IsHarmless(JsonElement payload) =>
        payload.ValueKind == JsonValueKind.Object
        && ((payload.TryGetProperty("dryRun", out var dryRun) && dryRun.ValueKind == JsonValueKind.True)
            || JobOf(payload) is ['$', ..]);

    /// <summary>Gets the job that a payload names.</summary>
    /// <param name="payload">The payload.</param>
    /// <returns>The name, or <see langword="null"/> if there is none.</returns>
    public static string? JobOf(JsonElement payload) =>
        payload.ValueKind == JsonValueKind.Object && payload.TryGetProperty("job", out var job) && job.ValueKind == JsonValueKind.String
            ? job.GetString()
            : null;

    /// <summary>Formats what a payload starts, for a question.</summary>
    /// <param name="payload">The payload.</param>
    /// <returns><c>'rotate-logs' for real</c>.</returns>
    public static string Describe(JsonElement payload) =>
        JobOf(payload) is { } job ? $"'{job}' for real" : "what this payload starts";
}

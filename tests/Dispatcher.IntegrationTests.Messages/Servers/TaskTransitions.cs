using System.Text;
using System.Text.Json;
using Dispatcher.LocalServers.Moto;

namespace Dispatcher.IntegrationTests.Messages.Servers;

/// <summary>
/// When moto's ECS tasks stop, which moto lets a test decide: https://docs.getmoto.org/en/latest/docs/configuration/state_transition/.
/// </summary>
internal static class TaskTransitions
{
    private const string Model = "ecs::task";

    /// <summary>Keeps every task running, however often it is looked at.</summary>
    public static Task KeepTasksRunningAsync(this MotoServer moto) =>
        PostAsync(moto, "set-transition", new { model_name = Model, transition = new { progression = "manual", times = 1_000_000 } });

    /// <summary>Makes every task stop when it is looked at next.</summary>
    public static Task StopTasksAtOnceAsync(this MotoServer moto) =>
        PostAsync(moto, "set-transition", new { model_name = Model, transition = new { progression = "immediate" } });

    /// <summary>Makes tasks stop as moto does by default, after four looks.</summary>
    public static Task ResetTaskStopsAsync(this MotoServer moto) => PostAsync(moto, "unset-transition", new { model_name = Model });

    private static async Task PostAsync<TBody>(MotoServer moto, string action, TBody body)
    {
        using var client = new HttpClient();
        // With a length: moto's server reads nothing from a body in chunks.
        using var content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
        using var response = await client.PostAsync(new Uri(moto.Endpoint, $"/moto-api/state-manager/{action}"), content);
        response.EnsureSuccessStatusCode();
    }
}

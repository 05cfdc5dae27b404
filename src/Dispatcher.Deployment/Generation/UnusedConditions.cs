using System.Text.Json;
using System.Text.Json.Nodes;

namespace Dispatcher.Deployment.Generation;

/// <summary>The removal of conditions that nothing uses, such as those of alarms without a job to watch.</summary>
internal static class UnusedConditions
{
    /// <summary>Removes conditions.</summary>
    /// <param name="template">The template.</param>
    /// <param name="candidates">The conditions that may be removed.</param>
    public static void Remove(GeneratedTemplate template, IEnumerable<string> candidates)
    {
        // From the last to the first: a condition may be there for a later one alone.
        foreach (var candidate in candidates.Reverse())
        {
            if (!Mentions(template.Root, candidate))
            {
                template.Conditions.Remove(candidate);
            }
        }
    }

    private static bool Mentions(JsonNode? node, string name) => node switch
    {
        JsonObject members => members.Any(member => Mentions(member.Value, name)),
        JsonArray items => items.Any(item => Mentions(item, name)),
        JsonValue value when value.GetValueKind() == JsonValueKind.String => (string)value! == name,
        _ => false,
    };
}

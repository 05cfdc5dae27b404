using System.Text.Json;
using System.Text.Json.Nodes;
using Dispatcher.Text;
using Microsoft.Extensions.Configuration;

namespace Dispatcher.Hosting;

/// <summary>Knows a job's parameters: reads them from a payload, and describes them as JSON Schema.</summary>
public abstract class JobParameters
{
    private protected JobParameters()
    {
    }

    /// <summary>Gets the parameters of a job that takes none.</summary>
    internal static JobParameters None { get; } = new NoJobParameters();

    /// <summary>Gets each parameter, in the order of declaration.</summary>
    public abstract IReadOnlyList<JobParameter> All { get; }

    /// <summary>Makes the JSON Schema (draft 2020-12) of the payload's <c>parameters</c>.</summary>
    /// <returns>A schema of its own; the caller may change it.</returns>
    public abstract JsonObject CreateSchema();

    /// <summary>
    /// Turns a parameter's value as a person types it - on the command line, in the environment - into the JSON that a payload would hold.
    /// </summary>
    /// <param name="name">The parameter.</param>
    /// <param name="text">Its value: <c>25</c>, <c>true</c>, <c>report</c>, or JSON for lists and objects.</param>
    /// <returns>The JSON; a string where the text is no JSON, so that the binding can say what was expected.</returns>
    public abstract JsonNode? FromText(string name, string text);

    /// <summary>Reads the parameters. Everything that is wrong is added to the problems; the result counts only if nothing was.</summary>
    internal abstract object? Bind(string job, JsonElement payload, IConfiguration configuration, ProblemList problems);

    private protected static bool IsObject(JsonElement payload, ProblemList problems)
    {
        if (payload.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null)
        {
            return false;
        }

        if (payload.ValueKind == JsonValueKind.Object)
        {
            return true;
        }

        problems.Add($"Field 'parameters' must be an object, but is {PayloadText.Value(payload)}. Send {{\"parameters\":{{\"NAME\":VALUE}}}}.");
        return false;
    }
}

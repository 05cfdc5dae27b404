using System.Text.Json;
using System.Text.Json.Nodes;
using Dispatcher.Text;
using Microsoft.Extensions.Configuration;

namespace Dispatcher.Hosting;

/// <summary>The parameters of a job: reads them from a payload, and describes them as JSON Schema.</summary>
public abstract class JobParameters
{
    private protected JobParameters()
    {
    }

    /// <summary>Gets the parameters of a job without parameters.</summary>
    internal static JobParameters None { get; } = new NoJobParameters();

    /// <summary>Gets each parameter, in the order of declaration.</summary>
    public abstract IReadOnlyList<JobParameter> All { get; }

    /// <summary>Creates the JSON Schema (draft 2020-12) of the payload's <c>parameters</c>.</summary>
    /// <returns>A new schema, which the caller may change.</returns>
    public abstract JsonObject CreateSchema();

    /// <summary>Creates the schema from the JSON contract, even if the assembly of the parameters has it as a resource.</summary>
    internal virtual JsonObject ExportSchema() => CreateSchema();

    /// <summary>
    /// Converts a parameter's value as a person types it, on the command line or in the environment, to the JSON of a payload.
    /// </summary>
    /// <param name="name">The parameter.</param>
    /// <param name="text">Its value: <c>25</c>, <c>true</c>, <c>report</c>, or JSON for lists and objects.</param>
    /// <returns>The JSON; a string if the text is not JSON, so that the binding can report what was expected.</returns>
    public abstract JsonNode? FromText(string name, string text);

    /// <summary>Determines which parameters a checked request and the configuration give; the others have their defaults.</summary>
    /// <param name="payload">The payload's <c>parameters</c>.</param>
    /// <param name="configuration">The configuration, whose values apply where the payload has none.</param>
    /// <returns>The values, in the order of declaration.</returns>
    public abstract IReadOnlyList<GivenParameter> Resolve(JsonElement payload, IConfiguration configuration);

    /// <summary>Reads a parameter of a record.</summary>
    /// <param name="bound">The record, as <see cref="Bind"/> returned it.</param>
    /// <param name="name">The name of the parameter.</param>
    /// <returns>The value; <see langword="null"/> if it is not a string, or not given.</returns>
    internal virtual string? ReadText(object? bound, string name) => null;

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

        problems.Add($"Field 'parameters' must be an object, but is {PayloadText.Value(payload)}. "
            + $"Send {{\"parameters\":{{\"NAME\":VALUE}}}}.");
        return false;
    }
}

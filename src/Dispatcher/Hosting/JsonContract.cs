using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Dispatcher.Hosting;

/// <summary>
/// The comparison of JSON with a contract, by the rules for the parameters of a payload: an item of a list or map may be null only if its
/// type says so, and every wrong place is named.
/// </summary>
public static class JsonContract
{
    /// <summary>Finds the places that do not have the form of the contract.</summary>
    /// <typeparam name="T">The type that the JSON is read as.</typeparam>
    /// <param name="contract">The contract.</param>
    /// <param name="json">The JSON.</param>
    /// <param name="kind">What a place is called in the problems: <c>Setting</c>.</param>
    /// <returns>A sentence or two for each place, at most 20; empty if the JSON can be read.</returns>
    public static IReadOnlyList<string> FindProblems<T>(JsonTypeInfo<T> contract, JsonElement json, string kind)
    {
        ArgumentNullException.ThrowIfNull(contract);
        ArgumentNullException.ThrowIfNull(kind);
        ProblemList problems = [];
        var isReadable = ValueInspector.TryRead(contract, json, out var read);
        if (new ValueInspector(kind, isReadable, isSensitive: false, problems).Inspect(contract, json, string.Empty) && read is null)
        {
            problems.Add($"It must be {ParameterTypeNames.Describe(contract)}.");
        }

        return problems;
    }
}

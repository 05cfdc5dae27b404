namespace Dispatcher.Ui.Pages;

/// <summary>Addresses of pages.</summary>
internal static class Link
{
    /// <summary>Gets the address of a run.</summary>
    /// <param name="runId">The run, in the query: a store may hold any id, also one with a slash.</param>
    /// <returns>The address.</returns>
    public static string Run(string runId) => To("/run", ("id", runId));

    /// <summary>Gets the address of a job's runs.</summary>
    /// <param name="job">The job.</param>
    /// <returns>The address.</returns>
    public static string Runs(string job) => To("/runs", ("job", job), ("since", "all"));

    /// <summary>Gets the address of a plan.</summary>
    /// <param name="location">Where the plan is.</param>
    /// <returns>The address.</returns>
    public static string Plan(string location) => To("/plan", ("at", location));

    /// <summary>Creates an address.</summary>
    /// <param name="path">The path.</param>
    /// <param name="values">The query; values that are <see langword="null"/> are left out.</param>
    /// <returns>The address.</returns>
    public static string To(string path, params ReadOnlySpan<(string Name, string? Value)> values)
    {
        var query = new List<string>();
        foreach (var (name, value) in values)
        {
            if (value is not null)
            {
                query.Add($"{name}={Uri.EscapeDataString(value)}");
            }
        }

        return query.Count == 0 ? path : $"{path}?{string.Join('&', query)}";
    }
}

namespace Dispatcher.Deployment.Inspection;

/// <summary>Options for the inspection of a template.</summary>
public sealed record InspectionOptions
{
    /// <summary>Gets the values of the template's parameters.</summary>
    /// <value>The default value is empty: the deployment defaults and those of the template apply.</value>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    /// <summary>Gets the logical id, or the name, of the function that runs the dispatcher.</summary>
    /// <value>The default value is <see langword="null"/>: the function is recognized by its handler and its runtime.</value>
    public string? Function { get; init; }

    /// <summary>Gets the region of the deployment.</summary>
    /// <value>The default value is <see langword="null"/>: the region of the deployment defaults, or else an assumed one.</value>
    public string? Region { get; init; }

    /// <summary>Gets the account of the deployment.</summary>
    /// <value>The default value is <see langword="null"/>: a sample account.</value>
    public string? Account { get; init; }
}

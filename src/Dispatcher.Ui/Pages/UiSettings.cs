namespace Dispatcher.Ui.Pages;

/// <summary>What the command line sets.</summary>
internal sealed record UiSettings
{
    /// <summary>Gets the port; 0 for any that is free.</summary>
    public int Port { get; init; }

    /// <summary>Gets a value indicating whether pages may start runs.</summary>
    public bool AllowRuns { get; init; }

    /// <summary>Gets the time zone of the pages.</summary>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>Gets the path of the template.</summary>
    /// <value>The default value is <see langword="null"/>: the one of this directory or above it, if there is one.</value>
    public string? Template { get; init; }

    /// <summary>Gets the values of the template's parameters.</summary>
    public IReadOnlyDictionary<string, string> TemplateParameters { get; init; } = new Dictionary<string, string>();

    /// <summary>Gets the deployed stack whose schedules and pauses the status is judged by.</summary>
    /// <value>The default value is <see langword="null"/>: the template.</value>
    public string? Stack { get; init; }

    /// <summary>Gets the folder of plans, or the address of one in S3.</summary>
    public string PlanFolder { get; init; } = ".";
}

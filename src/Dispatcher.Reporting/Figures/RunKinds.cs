namespace Dispatcher.Reporting.Figures;

/// <summary>The names and symbols of the run kinds. Each has a symbol, so that colour is never the only difference.</summary>
public static class RunKinds
{
    private static readonly (string Name, string Symbol)[] Words =
    [
        ("succeeded", "✓"),
        ("continued", "→"),
        ("partial", "!"),
        ("cancelled", "⊘"),
        ("failed", "✕"),
        ("skipped", "–"),
        ("dry run", "◌"),
    ];

    /// <summary>Gets every kind, in the order in which they are stacked.</summary>
    public static IReadOnlyList<RunKind> All { get; } = Enum.GetValues<RunKind>();

    /// <summary>Gets the kind of a run.</summary>
    /// <param name="run">The run.</param>
    /// <returns>Its kind.</returns>
    public static RunKind For(RunRecord run) => run switch
    {
        { DryRun: true } or { Status: JobStatus.Planned } => RunKind.DryRun,
        { Status: JobStatus.Failed } => RunKind.Failed,
        { Status: JobStatus.Cancelled } => RunKind.Cancelled,
        { Status: JobStatus.Partial } => RunKind.Partial,
        { Status: JobStatus.Continued } => RunKind.Continued,
        { Status: JobStatus.Skipped } => RunKind.Skipped,
        _ => RunKind.Succeeded,
    };

    /// <summary>Gets the word for a kind.</summary>
    /// <param name="kind">The kind.</param>
    /// <returns><c>succeeded</c>, <c>dry run</c>, …</returns>
    public static string Name(this RunKind kind) => Words[(int)kind].Name;

    /// <summary>Gets the symbol of a kind.</summary>
    /// <param name="kind">The kind.</param>
    /// <returns>One character.</returns>
    public static string Symbol(this RunKind kind) => Words[(int)kind].Symbol;
}

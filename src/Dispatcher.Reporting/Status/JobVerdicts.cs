namespace Dispatcher.Reporting.Status;

/// <summary>The names and symbols of the verdicts. Each has a symbol, so that colour is never the only difference.</summary>
public static class JobVerdicts
{
    private static readonly (JobVerdict Verdict, string Name, string Symbol)[] WorstFirst =
    [
        (JobVerdict.Failing, "failing", "✕"),
        (JobVerdict.Overdue, "overdue", "◷"),
        (JobVerdict.Unfinished, "unfinished", "◌"),
        (JobVerdict.Partial, "partial", "!"),
        (JobVerdict.NeverRan, "never ran", "?"),
        (JobVerdict.Running, "running", "▸"),
        (JobVerdict.Well, "well", "✓"),
        (JobVerdict.Paused, "paused", "‖"),
        (JobVerdict.Retired, "retired", "–"),
    ];

    /// <summary>Gets every verdict, the worst first.</summary>
    public static IReadOnlyList<JobVerdict> All { get; } = [.. WorstFirst.Select(static word => word.Verdict)];

    /// <summary>Gets the word for a verdict.</summary>
    /// <param name="verdict">The verdict.</param>
    /// <returns><c>failing</c>, <c>never ran</c>, …</returns>
    public static string Name(this JobVerdict verdict) => WorstFirst[verdict.Rank()].Name;

    /// <summary>Gets the symbol of a verdict.</summary>
    /// <param name="verdict">The verdict.</param>
    /// <returns>One character.</returns>
    public static string Symbol(this JobVerdict verdict) => WorstFirst[verdict.Rank()].Symbol;

    /// <summary>Gets the position of a verdict in <see cref="All"/>.</summary>
    internal static int Rank(this JobVerdict verdict) => Array.FindIndex(WorstFirst, word => word.Verdict == verdict);
}

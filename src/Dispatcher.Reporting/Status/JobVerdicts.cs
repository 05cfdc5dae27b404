namespace Dispatcher.Reporting.Status;

/// <summary>The names and symbols of the verdicts. Each has a symbol, so that colour is never the only difference.</summary>
public static class JobVerdicts
{
    private static readonly (string Name, string Symbol)[] Words =
    [
        ("failing", "✕"),
        ("overdue", "◷"),
        ("unfinished", "◌"),
        ("partial", "!"),
        ("never ran", "?"),
        ("running", "▸"),
        ("well", "✓"),
        ("paused", "‖"),
        ("retired", "–"),
    ];

    /// <summary>Gets every verdict, the worst first.</summary>
    public static IReadOnlyList<JobVerdict> All { get; } = Enum.GetValues<JobVerdict>();

    /// <summary>Gets the word for a verdict.</summary>
    /// <param name="verdict">The verdict.</param>
    /// <returns><c>failing</c>, <c>never ran</c>, …</returns>
    public static string Name(this JobVerdict verdict) => Words[(int)verdict].Name;

    /// <summary>Gets the symbol of a verdict.</summary>
    /// <param name="verdict">The verdict.</param>
    /// <returns>One character.</returns>
    public static string Symbol(this JobVerdict verdict) => Words[(int)verdict].Symbol;
}

using Dispatcher.Hosting;
using Dispatcher.Tool.Commands;
using Dispatcher.Tool.Commands.History;
using Dispatcher.Ui.Pages;

namespace Dispatcher.Ui.Runs;

/// <summary>Which runs a list shows.</summary>
/// <param name="Job">The job; <see langword="null"/> for all.</param>
/// <param name="Status">The status in words; <see langword="null"/> for all.</param>
/// <param name="Since">The period in the format of <c>--since</c>.</param>
/// <param name="Text">A part of the summary or of the id.</param>
internal sealed record RunFilter(string? Job, string? Status, string Since, string? Text)
{
    /// <summary>The word for all times.</summary>
    public const string Always = "all";

    private const string DefaultPeriod = "7d";

    /// <summary>Gets the periods to choose from.</summary>
    public static IReadOnlyList<(string Value, string Text)> Periods { get; } =
    [
        ("24h", "24 hours"), (DefaultPeriod, "7 days"), ("30d", "30 days"), ("90d", "90 days"), (Always, "any time"),
    ];

    /// <summary>Gets a value indicating whether nothing but the period is chosen.</summary>
    public bool IsPlain => Job is null && Status is null && Text is null;

    /// <summary>Reads the filter of a request.</summary>
    /// <param name="request">The request.</param>
    /// <returns>The filter.</returns>
    public static RunFilter Read(PageRequest request) =>
        new(request["job"], request["status"], request["since"] ?? DefaultPeriod, request["q"]);

    /// <summary>Creates the query for the history.</summary>
    /// <param name="now">The current time.</param>
    /// <returns>The query.</returns>
    public RunQuery ToQuery(DateTimeOffset now) => new()
    {
        Job = Job,
        Status = StatusOption.Read(Status),
        Since = Since == Always ? null : SinceOption.Read(Since, now),
    };

    /// <summary>Determines whether a run has the text.</summary>
    /// <param name="run">The run.</param>
    /// <returns><see langword="true"/> if it has, or if no text is wanted.</returns>
    public bool Includes(RunRecord run) =>
        Text is not { } text || run.RunId.StartsWith(text, StringComparison.OrdinalIgnoreCase)
        || run.Summary.Contains(text, StringComparison.OrdinalIgnoreCase)
        || run.Job.Contains(text, StringComparison.OrdinalIgnoreCase);

    /// <summary>Gets the address of the list.</summary>
    /// <param name="after">The last run of the page before.</param>
    /// <returns>The address.</returns>
    public string Address(string? after = null) =>
        Link.To("/runs", ("job", Job), ("status", Status), ("since", Since), ("q", Text), ("after", after));
}

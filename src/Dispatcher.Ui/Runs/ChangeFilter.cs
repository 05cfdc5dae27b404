using Dispatcher.Ui.Pages;

namespace Dispatcher.Ui.Runs;

/// <summary>Which changes a list shows.</summary>
/// <param name="Action">The action; <see langword="null"/> for all.</param>
/// <param name="Outcome">The outcome; <see langword="null"/> for all.</param>
/// <param name="Text">A part of the target, reason, evidence or error.</param>
internal sealed record ChangeFilter(string? Action, string? Outcome, string? Text)
{
    /// <summary>Gets a value indicating whether every change is shown.</summary>
    public bool IsPlain => this == new ChangeFilter(null, null, null);

    /// <summary>Reads the filter of a request.</summary>
    /// <param name="request">The request.</param>
    /// <returns>The filter.</returns>
    public static ChangeFilter Read(PageRequest request) => new(request["action"], request["outcome"], request["q"]);

    /// <summary>Determines whether a change is shown.</summary>
    /// <param name="change">The change.</param>
    /// <returns><see langword="true"/> if it is.</returns>
    public bool Includes(RecordedChange change) =>
        (Action is null || change.Action == Action) && (Outcome is null || change.Outcome == Outcome)
        && (Text is null || Has(change.Target) || Has(change.Reason) || Has(change.Evidence) || Has(change.Error));

    private bool Has(string? value) => value?.Contains(Text!, StringComparison.OrdinalIgnoreCase) == true;
}

using Dispatcher.Ui.Pages;

namespace Dispatcher.Ui.Plans;

/// <summary>Which changes of a plan are shown.</summary>
/// <param name="Action">The action; <see langword="null"/> for all.</param>
/// <param name="Text">A part of the target, reason or evidence.</param>
/// <param name="Difference">How a change differs from the plan before; <see langword="null"/> for all.</param>
internal sealed record PlanChangeFilter(string? Action, string? Text, string? Difference)
{
    /// <summary>The word for a change that the plan before does not hold.</summary>
    public const string New = "new";

    /// <summary>The word for a change that the plan before holds with other evidence.</summary>
    public const string Changed = "changed";

    /// <summary>The word for a change that the plan before holds too.</summary>
    public const string Same = "same";

    /// <summary>Gets a value indicating whether every change is shown.</summary>
    public bool IsPlain => this == new PlanChangeFilter(null, null, null);

    /// <summary>Reads the filter of a request.</summary>
    /// <param name="request">The request.</param>
    /// <returns>The filter.</returns>
    public static PlanChangeFilter Read(PageRequest request) => new(request["action"], request["q"], request["difference"]);

    /// <summary>Determines whether a change matches, apart from its difference.</summary>
    /// <param name="change">The change.</param>
    /// <returns><see langword="true"/> if it does.</returns>
    public bool Includes(Change change) =>
        (Action is null || change.Action == Action)
        && (Text is null || Has(change.Target) || Has(change.Reason) || Has(change.Evidence));

    private bool Has(string? value) => value?.Contains(Text!, StringComparison.OrdinalIgnoreCase) == true;
}

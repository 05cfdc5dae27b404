namespace Dispatcher.Tool.Commands.History;

/// <summary>A part of the changes of a run.</summary>
/// <param name="Filter">Which changes are wanted.</param>
/// <param name="Skip">How many of the wanted ones come before the page.</param>
/// <param name="Limit">How many the page has at most; <see langword="null"/> if it was not given.</param>
internal sealed record ChangePage(ChangeFilter Filter, int Skip, int? Limit)
{
    /// <summary>The changes of a page for a person.</summary>
    public const int DefaultLimit = 50;
}

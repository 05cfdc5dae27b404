using Dispatcher.Reporting.Html;

namespace Dispatcher.Ui.Pages;

/// <summary>A page, without the frame that all pages share.</summary>
/// <param name="Title">The title and heading.</param>
/// <param name="Section">The address of the page's entry in the navigation.</param>
/// <param name="Write">Writes the page below its heading.</param>
internal sealed record PageContent(string Title, string Section, Action<MarkupWriter> Write)
{
    /// <summary>Gets where the content is from, below the heading.</summary>
    public string Place { get; init; } = string.Empty;

    /// <summary>Gets the verdict: the class of the style sheet, the symbol, the bold beginning and the rest.</summary>
    public PageVerdict? Verdict { get; init; }

    /// <summary>Gets the way to this page: addresses and their texts.</summary>
    public IReadOnlyList<(string Address, string Text)> Path { get; init; } = [];

    /// <summary>Gets how many seconds the content stays as it is; 0 if it does not change.</summary>
    public int RefreshSeconds { get; init; }

    /// <summary>Gets the status of the answer.</summary>
    public int StatusCode { get; init; } = 200;

    /// <summary>Gets what a reading had to leave out.</summary>
    public IReadOnlyList<string> Omissions { get; init; } = [];
}

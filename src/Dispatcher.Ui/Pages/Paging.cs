using Dispatcher.Reporting.Html;
using Dispatcher.Text;

namespace Dispatcher.Ui.Pages;

/// <summary>The way through a list whose length is known.</summary>
internal static class Paging
{
    /// <summary>The most entries of a page.</summary>
    public const int Length = 100;

    /// <summary>Writes it.</summary>
    /// <param name="page">The output.</param>
    /// <param name="number">The number of the page, from 1.</param>
    /// <param name="count">How many entries there are.</param>
    /// <param name="noun">What an entry is.</param>
    /// <param name="address">Gets the address of a page.</param>
    public static void Write(MarkupWriter page, int number, long count, string noun, Func<int, string> address)
    {
        page.Write($"""<nav class="paging" aria-label="Pages of {noun}s">""");
        if (number > 1)
        {
            page.Write($"""<a href="{address(number - 1)}" rel="prev">Previous</a>""");
        }

        if ((long)number * Length < count)
        {
            page.Write($"""<a href="{address(number + 1)}" rel="next">Next</a>""");
        }

        var (first, last) = (((number - 1L) * Length) + 1, Math.Min(count, (long)number * Length));
        page.Write($"<span>{(count <= Length ? Quantity.Count(count, noun)
            : $"{Quantity.Number(first)} to {Quantity.Number(last)} of {Quantity.Count(count, noun)}")}</span></nav>");
        page.WriteConstant("\n");
    }
}

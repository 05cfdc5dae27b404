using Spectre.Console;

namespace Dispatcher.Tool.Terminal;

/// <summary>
/// A list of items with details below each. Not a table: an address that is broken over a column's lines cannot be copied.
/// </summary>
internal static class ItemList
{
    /// <summary>Writes the list.</summary>
    /// <param name="console">The output.</param>
    /// <param name="heading">What the items are.</param>
    /// <param name="items">Each item, and what there is to say about it.</param>
    public static void Write(IAnsiConsole console, string heading, IEnumerable<(string Item, string Detail)> items)
    {
        console.Write(Indent(heading, 2, new Style(decoration: Decoration.Bold)));
        foreach (var (item, detail) in items)
        {
            console.Write(Indent(item, 2));
            if (detail.Length > 0)
            {
                console.Write(Indent(detail, 6, new Style(decoration: Decoration.Dim)));
            }
        }
    }

    private static Padder Indent(string text, int columns, Style? style = null) =>
        new(Tables.Cell(text, style), new Padding(columns, 0, 0, 0));
}

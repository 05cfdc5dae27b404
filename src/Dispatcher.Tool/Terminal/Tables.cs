using Spectre.Console;
using Spectre.Console.Rendering;

namespace Dispatcher.Tool.Terminal;

/// <summary>Functions that create tables of one style.</summary>
internal static class Tables
{
    /// <summary>Creates a table as wide as what it holds.</summary>
    /// <param name="columns">The headings; those that end in '#' are of numbers, set to the right.</param>
    /// <returns>The table.</returns>
    public static Table Create(params ReadOnlySpan<string> columns)
    {
        var table = new Table { Border = TableBorder.Simple, ShowRowSeparators = false, UseSafeBorder = true };
        foreach (var column in columns)
        {
            var isNumber = column.EndsWith('#');
            table.AddColumn(new TableColumn(Cell(column.TrimEnd('#'), new Style(decoration: Decoration.Bold)))
            {
                Alignment = isNumber ? Justify.Right : Justify.Left,
                NoWrap = isNumber,
            });
        }

        return table;
    }

    /// <summary>Creates a cell.</summary>
    /// <param name="text">Its text, which is escaped.</param>
    /// <param name="style">How it looks.</param>
    /// <returns>The cell.</returns>
    public static IRenderable Cell(string text, Style? style = null) => new Spectre.Console.Text(Printable.Text(text), style);

    /// <summary>Creates a cell of several lines.</summary>
    /// <param name="lines">The lines, each of which is escaped.</param>
    /// <returns>The cell.</returns>
    public static IRenderable Cell(IEnumerable<string> lines) => new Spectre.Console.Text(string.Join('\n', lines.Select(Printable.Text)));
}

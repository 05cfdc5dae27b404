using Spectre.Console;
using Spectre.Console.Rendering;

namespace Dispatcher.Tool.Terminal;

/// <summary>Functions that create tables of one style.</summary>
internal static class Tables
{
    /// <summary>What stands between two columns.</summary>
    public const int Gap = 2;

    /// <summary>What stands to the left and to the right of all columns.</summary>
    public const int Edges = 4;

    /// <summary>Creates a table as wide as what it holds.</summary>
    /// <param name="columns">The headings; those that end in '#' are of numbers, set to the right.</param>
    /// <returns>The table.</returns>
    public static Table Create(params ReadOnlySpan<string> columns)
    {
        var table = new Table { Border = TableBorder.Simple, ShowRowSeparators = false, UseSafeBorder = true };
        foreach (var column in columns)
        {
            var isNumber = column.EndsWith('#');
            var isFirst = table.Columns.Count == 0;
            table.AddColumn(new TableColumn(Cell(column.TrimEnd('#'), new Style(decoration: Decoration.Bold)))
            {
                Alignment = isNumber ? Justify.Right : Justify.Left,

                // The first column has the names, which stay in one piece.
                NoWrap = isNumber || isFirst,
                Padding = new Padding(isFirst ? 1 : 0, 0, 1, 0),
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

using Spectre.Console;

namespace Dispatcher.Tool.Terminal;

/// <summary>
/// A table with one line per row, which never breaks a word: a narrow terminal shows fewer columns, then shorter cells.
/// </summary>
/// <typeparam name="TRow">What a row shows.</typeparam>
/// <param name="columns">The columns.</param>
/// <param name="rows">The rows; at least one.</param>
internal sealed class FittedTable<TRow>(IEnumerable<FittedColumn<TRow>> columns, IReadOnlyList<TRow> rows)
{
    private readonly List<FittedColumn<TRow>> _columns = [.. columns];

    /// <summary>Gets the width that remains for the cells of one more column; negative if the columns do not fit.</summary>
    /// <param name="console">The output.</param>
    public int Remaining(IAnsiConsole console) =>
        console.Profile.Width - Tables.Edges - Tables.Gap - _columns.Sum(column => WidthOf(column) + Tables.Gap);

    /// <summary>Adds a column at the end.</summary>
    public void Add(FittedColumn<TRow> column) => _columns.Add(column);

    /// <summary>Makes the columns fit.</summary>
    /// <param name="console">The output.</param>
    public void Fit(IAnsiConsole console)
    {
        while (Excess(console) > 0
            && _columns.Where(static column => column.LeftOut > 0).MinBy(static column => column.LeftOut) is { } optional)
        {
            _columns.Remove(optional);
        }

        for (var index = 0; index < _columns.Count && Excess(console) > 0; index++)
        {
            if (_columns[index].Short is { } shorter)
            {
                _columns[index] = _columns[index] with { Cell = shorter };
            }
        }

        for (var index = 0; index < _columns.Count; index++)
        {
            if (Excess(console) is > 0 and var excess && _columns[index] is { Least: { } least, Cell: var cell } column)
            {
                var width = Math.Max(Math.Max(least, column.Title.Length), WidthOf(column) - excess);
                _columns[index] = column with { Cell = row => Printable.Shorten(cell(row), width) };
            }
        }
    }

    /// <summary>Writes the table.</summary>
    /// <param name="console">The output.</param>
    public void Write(IAnsiConsole console)
    {
        var table = Tables.Create([.. _columns.Select(static column => column.Heading)]);
        foreach (var column in table.Columns)
        {
            column.NoWrap = true;
        }

        foreach (var row in rows)
        {
            table.AddRow(_columns.Select(column => Tables.Cell(column.Cell(row), column.Style?.Invoke(row))));
        }

        console.Write(table);
    }

    private int Excess(IAnsiConsole console) => -(Remaining(console) + Tables.Gap);

    private int WidthOf(FittedColumn<TRow> column) =>
        Math.Max(column.Title.Length, rows.Max(row => Spectre.Console.Rendering.Segment.CellCount([new(column.Cell(row))])));
}

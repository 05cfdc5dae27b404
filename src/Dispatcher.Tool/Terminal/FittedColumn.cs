using Spectre.Console;

namespace Dispatcher.Tool.Terminal;

/// <summary>A column of a <see cref="FittedTable{TRow}"/>.</summary>
/// <typeparam name="TRow">What a row shows.</typeparam>
/// <param name="Heading">The heading; that of a column of numbers ends in '#'.</param>
/// <param name="Cell">Gets the text of a cell.</param>
internal sealed record FittedColumn<TRow>(string Heading, Func<TRow, string> Cell)
{
    /// <summary>Gets the order in which the column is left out if the terminal is too narrow.</summary>
    /// <value>The default value is 0: it always stays.</value>
    public int LeftOut { get; init; }

    /// <summary>Gets a shorter form of the cells, which is used before this column or one that is more important is left out.</summary>
    public Func<TRow, string>? Short { get; init; }

    /// <summary>Gets the length to which the cells may be cut off when there is no other way.</summary>
    public int? Least { get; init; }

    /// <summary>Gets the style of a cell.</summary>
    public Func<TRow, Style?>? Style { get; init; }

    /// <summary>Gets the heading without its mark.</summary>
    public string Title => Heading.TrimEnd('#');
}

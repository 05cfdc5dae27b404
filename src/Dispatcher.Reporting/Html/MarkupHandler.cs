using System.Globalization;
using System.Runtime.CompilerServices;

namespace Dispatcher.Reporting.Html;

/// <summary>The interpolated string handler of <see cref="MarkupWriter.Write"/>.</summary>
[InterpolatedStringHandler]
internal readonly ref struct MarkupHandler
{
    private readonly TextWriter _output;

    /// <summary>Begins a string.</summary>
    /// <param name="literalLength">How long its markup is.</param>
    /// <param name="formattedCount">How many holes it has.</param>
    /// <param name="writer">Where it goes.</param>
    public MarkupHandler(int literalLength, int formattedCount, MarkupWriter writer)
    {
        _ = (literalLength, formattedCount);
        _output = writer.Output;
    }

    /// <summary>Writes markup.</summary>
    /// <param name="markup">The markup.</param>
    public void AppendLiteral(string markup) => _output.Write(markup);

    /// <summary>Writes text.</summary>
    /// <param name="text">The text.</param>
    public void AppendFormatted(string? text) => SafeText.Escape(_output, text);

    /// <summary>Writes a number as markup needs it: no separators, at most two decimals.</summary>
    /// <param name="number">The number.</param>
    public void AppendFormatted(double number) => _output.Write(number.ToString("0.##", CultureInfo.InvariantCulture));

    /// <summary>Writes a moment as machines read it.</summary>
    /// <param name="moment">The moment.</param>
    public void AppendFormatted(DateTimeOffset moment) =>
        _output.Write(moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
}

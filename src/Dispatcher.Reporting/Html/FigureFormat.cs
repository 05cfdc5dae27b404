using System.Globalization;
using Dispatcher.Text;

namespace Dispatcher.Reporting.Html;

/// <summary>Formats of figures in reports, in addition to <see cref="Quantity"/>.</summary>
public static class FigureFormat
{
    private static readonly string[] ByteUnits = ["B", "kB", "MB", "GB", "TB", "PB", "EB"];

    /// <summary>Writes a share, rounded down: 999 of 1,000 is not 100 %.</summary>
    /// <param name="share">From 0 to 1; <see langword="null"/> if there is no total.</param>
    /// <returns><c>99.9 %</c>, or a dash.</returns>
    public static string Percent(double? share) => share switch
    {
        null => "–",
        1 => "100 %",
        // A tiny surplus: 0.994 * 1000 is 993.9999….
        { } part => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor((part * 1000) + 1e-9) / 10:0.0} %"),
    };

    /// <summary>Writes an estimated amount of money, no more exact than it is.</summary>
    /// <param name="amount">US dollars.</param>
    /// <returns><c>$0.0042</c>, <c>$1.23</c> or <c>$1,234</c>.</returns>
    public static string Dollars(double amount) => amount switch
    {
        0 => "$0",
        < 0.0001 => "< $0.0001",
        < 0.01 => string.Create(CultureInfo.InvariantCulture, $"${amount:0.0000}"),
        < 1000 => string.Create(CultureInfo.InvariantCulture, $"${amount:0.00}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"${amount:N0}"),
    };

    /// <summary>Writes an estimated amount in a sentence.</summary>
    /// <param name="amount">US dollars.</param>
    /// <returns><c>about $1.20</c>, <c>less than $0.0001</c>.</returns>
    public static string AboutDollars(double amount) =>
        amount is > 0 and < 0.0001 ? "less than $0.0001" : $"about {Dollars(amount)}";

    /// <summary>Writes a price as it stands on a price list.</summary>
    /// <param name="price">US dollars.</param>
    /// <returns>All of its digits.</returns>
    public static string Price(double price) => string.Create(CultureInfo.InvariantCulture, $"${price:0.00########}");

    /// <summary>Writes a duration for an axis.</summary>
    /// <param name="milliseconds">The duration.</param>
    /// <returns><c>500 ms</c>, <c>2 s</c>, <c>1.5 min</c>.</returns>
    public static string RoundDuration(double milliseconds) => milliseconds switch
    {
        0 => "0",
        < 1000 => Amount(milliseconds, "ms"),
        < 60_000 => Amount(milliseconds / 1000, "s"),
        < 3_600_000 => Amount(milliseconds / 60_000, "min"),
        _ => Amount(milliseconds / 3_600_000, "h"),
    };

    /// <summary>Writes an amount of bytes for an axis.</summary>
    /// <param name="bytes">The amount.</param>
    /// <returns><c>20 GB</c>, in powers of 1000.</returns>
    public static string RoundBytes(double bytes)
    {
        var unit = 0;
        while (bytes >= 1000 && unit < ByteUnits.Length - 1)
        {
            (bytes, unit) = (bytes / 1000, unit + 1);
        }

        return bytes == 0 ? "0" : Amount(bytes, ByteUnits[unit]);
    }

    /// <summary>Writes a count for an axis.</summary>
    /// <param name="count">The count.</param>
    /// <returns><c>1,440</c>; nothing for half a thing.</returns>
    public static string WholeCount(double count) => double.IsInteger(count) ? Quantity.Number((long)count) : string.Empty;

    /// <summary>Begins a heading with a capital.</summary>
    /// <param name="words">The words.</param>
    /// <returns><c>Dry run</c>.</returns>
    public static string Heading(string words) => char.ToUpperInvariant(words[0]) + words[1..];

    private static string Amount(double amount, string unit) => string.Create(CultureInfo.InvariantCulture, $"{amount:0.##} {unit}");
}

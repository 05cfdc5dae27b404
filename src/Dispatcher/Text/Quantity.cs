using System.Globalization;

namespace Dispatcher.Text;

/// <summary>Formats of numbers, amounts of bytes, durations and counts in sentences.</summary>
public static class Quantity
{
    private static readonly string[] Units = ["bytes", "kB", "MB", "GB", "TB", "PB"];

    /// <summary>Formats a number with separators.</summary>
    /// <param name="number">The number.</param>
    /// <returns><c>12,345</c>.</returns>
    public static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>Formats an amount of bytes.</summary>
    /// <param name="bytes">The amount.</param>
    /// <returns><c>12.3 MB</c>, in powers of 1000.</returns>
    public static string Bytes(long bytes)
    {
        var (amount, unit) = ((double)bytes, 0);
        while (Math.Abs(amount) >= 999.95 && unit < Units.Length - 1)
        {
            (amount, unit) = (amount / 1000, unit + 1);
        }

        return unit == 0 ? Count(bytes, "byte") : string.Create(CultureInfo.InvariantCulture, $"{amount:0.0} {Units[unit]}");
    }

    /// <summary>Formats a duration.</summary>
    /// <param name="milliseconds">The duration.</param>
    /// <returns><c>340 ms</c>, <c>12.3 s</c>, <c>3 min 20 s</c>, <c>5 min</c> or <c>1 h 35 min</c>.</returns>
    public static string Duration(long milliseconds) => milliseconds switch
    {
        < 1000 => string.Create(CultureInfo.InvariantCulture, $"{milliseconds} ms"),
        < 60_000 => string.Create(CultureInfo.InvariantCulture, $"{milliseconds / 1000.0:0.0} s"),
        < 3_600_000 => $"{milliseconds / 60_000} min{Rest(milliseconds % 60_000 / 1000, "s")}",
        _ => $"{Number(milliseconds / 3_600_000)} h{Rest(milliseconds % 3_600_000 / 60_000, "min")}",
    };

    /// <summary>Formats a count with its noun.</summary>
    /// <param name="count">The count.</param>
    /// <param name="noun">The noun for one.</param>
    /// <returns><c>1 change</c>, <c>2 changes</c>.</returns>
    public static string Count(long count, string noun) => $"{Number(count)} {noun}{(count == 1 ? string.Empty : "s")}";

    private static string Rest(long amount, string unit) => amount == 0 ? string.Empty : $" {amount} {unit}";
}

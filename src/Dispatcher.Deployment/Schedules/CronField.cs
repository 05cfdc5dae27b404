namespace Dispatcher.Deployment.Schedules;

/// <summary>The definition of one field of a cron expression: its range, wildcards and names.</summary>
/// <param name="Name">The field's name.</param>
/// <param name="Minimum">Its least number.</param>
/// <param name="Maximum">Its greatest number.</param>
/// <param name="Wildcards">The characters that mean something in it.</param>
/// <param name="Names">Names for its numbers, from the least on.</param>
internal sealed record CronField(string Name, int Minimum, int Maximum, string Wildcards, params string[] Names)
{
    /// <summary>The place of the day of the month.</summary>
    public const int DayOfMonth = 2;

    /// <summary>The place of the day of the week.</summary>
    public const int DayOfWeek = 4;

    /// <summary>All fields, in order. See https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cron-expressions.html.</summary>
    public static readonly IReadOnlyList<CronField> All =
    [
        new("minutes", 0, 59, ",-*/"),
        new("hours", 0, 23, ",-*/"),
        new("day-of-month", 1, 31, ",-*?/LW"),
        new("month", 1, 12, ",-*/", "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"),
        new("day-of-week", 1, 7, ",-*?L#", "SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"),
        new("year", 1970, 2199, ",-*/"),
    ];

    /// <summary>Gets the range of values in words: <c>1 to 12 or JAN to DEC</c>.</summary>
    public string Range => Names is [var first, .., var last] ? $"{Minimum} to {Maximum} or {first} to {last}" : $"{Minimum} to {Maximum}";

    /// <summary>Gets a value indicating whether it is the day of the week.</summary>
    public bool IsDayOfWeek => Wildcards.Contains('#', StringComparison.Ordinal);

    /// <summary>Gets a value indicating whether it is the day of the month.</summary>
    public bool IsDayOfMonth => Wildcards.Contains('W', StringComparison.Ordinal);

    /// <summary>Reads a number or a name of this field; it may be out of range.</summary>
    public int? Read(ReadOnlySpan<char> text)
    {
        if (text.Length is > 0 and <= 6 && !text.ContainsAnyExceptInRange('0', '9'))
        {
            return int.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
        }

        for (var index = 0; index < Names.Length; index++)
        {
            if (text.Equals(Names[index], StringComparison.OrdinalIgnoreCase))
            {
                return Minimum + index;
            }
        }

        return null;
    }

    /// <summary>Formats a number, with names for days and months.</summary>
    public string Format(int value) => Names.Length > 0 ? Names[value - Minimum] : $"{value}";
}

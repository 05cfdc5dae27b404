namespace Dispatcher.Deployment.Tests.Schedules;

/// <summary>Random expressions of the grammar that AWS documents.</summary>
/// <param name="random">The source of chance.</param>
internal sealed class RandomCron(Random random)
{
    private static readonly string[] Months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
    private static readonly string[] Weekdays = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

    /// <summary>Makes an expression.</summary>
    public string Next()
    {
        var (day, weekday) = random.Next(3) switch
        {
            0 => ("?", Weekday()),
            1 => (Day(), "?"),
            _ => ("*", "?"),
        };
        return $"cron({Field(0, 59)} {Field(0, 23)} {day} {Field(1, 12, Months)} {weekday} {Year()})";
    }

    private string Day() => random.Next(6) switch
    {
        0 => "L",
        1 => "LW",
        2 => $"{random.Next(3) switch { 0 => 1, 1 => random.Next(28, 32), _ => random.Next(1, 32) }}W",
        _ => Field(1, 31),
    };

    private string Weekday() => random.Next(5) switch
    {
        0 => $"{Name(1, 7, Weekdays)}L",
        1 => $"{Name(1, 7, Weekdays)}#{random.Next(1, 6)}",
        2 => "L",
        _ => List(() => random.Next(2) == 0 ? Name(1, 7, Weekdays) : $"{Name(1, 7, Weekdays)}-{Name(1, 7, Weekdays)}"),
    };

    private string Year()
    {
        var first = random.Next(2024, 2032);
        return random.Next(4) switch
        {
            0 => $"{first}-{first + random.Next(4)}",
            1 => $"{first}/{random.Next(1, 5)}",
            2 => $"{first},2199",
            _ => "*",
        };
    }

    private string Field(int least, int most, string[]? names = null) =>
        random.Next(4) == 0 ? "*" : List(() => Item(least, most, names));

    private string Item(int least, int most, string[]? names) => random.Next(5) switch
    {
        0 => $"{Name(least, most, names)}-{Name(least, most, names)}",
        1 => $"{Name(least, most, names)}/{random.Next(1, most)}",
        2 => $"*/{random.Next(1, most)}",
        3 => $"{Name(least, most, names)}-{Name(least, most, names)}/{random.Next(1, most)}",
        _ => Name(least, most, names),
    };

    private string List(Func<string> item) =>
        string.Join(',', Enumerable.Range(0, random.Next(3) == 0 ? random.Next(2, 4) : 1).Select(_ => item()))
        + (random.Next(20) == 0 ? "," : string.Empty);

    private string Name(int least, int most, string[]? names)
    {
        var number = random.Next(least, most + 1);
        return names is null || random.Next(2) == 0 ? $"{number}"
            : random.Next(5) == 0 ? $"{names[number - least]}".ToLowerInvariant() : names[number - least];
    }
}

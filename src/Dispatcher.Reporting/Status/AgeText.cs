using System.Globalization;
using Dispatcher.Text;

namespace Dispatcher.Reporting.Status;

/// <summary>The format of ages and silences, which are long and need no seconds: the two largest units.</summary>
public static class AgeText
{
    /// <summary>Formats an age.</summary>
    /// <param name="age">The age; below zero counts as zero.</param>
    /// <returns><c>45 s</c>, <c>12 min</c>, <c>3 h 20 min</c>, <c>15 d 4 h</c> or <c>40 d</c>.</returns>
    public static string For(TimeSpan age) => age switch
    {
        { TotalSeconds: < 1 } => "0 s",
        { TotalMinutes: < 1 } => Join(age.Seconds, "s"),
        { TotalHours: < 1 } => Join(age.Minutes, "min"),
        { TotalDays: < 1 } => Join(age.Hours, "h", age.Minutes, "min"),
        { TotalDays: < 30 } => Join(age.Days, "d", age.Hours, "h"),
        _ => $"{Quantity.Number(age.Days)} d",
    };

    /// <summary>Formats an age in its largest unit, for a table.</summary>
    /// <param name="age">The age; below zero counts as zero.</param>
    /// <returns><c>45 s</c>, <c>12 min</c>, <c>3 h</c> or <c>15 d</c>.</returns>
    public static string Coarse(TimeSpan age) => age switch
    {
        { TotalSeconds: < 1 } => "0 s",
        { TotalMinutes: < 1 } => Join(age.Seconds, "s"),
        { TotalHours: < 1 } => Join(age.Minutes, "min"),
        { TotalDays: < 1 } => Join(age.Hours, "h"),
        _ => $"{Quantity.Number(age.Days)} d",
    };

    private static string Join(int large, string unit, int small = 0, string smallUnit = "") => small == 0
        ? string.Create(CultureInfo.InvariantCulture, $"{large} {unit}")
        : string.Create(CultureInfo.InvariantCulture, $"{large} {unit} {small} {smallUnit}");
}

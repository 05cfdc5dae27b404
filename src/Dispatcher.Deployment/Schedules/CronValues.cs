using System.Globalization;

namespace Dispatcher.Deployment.Schedules;

/// <summary>Functions that list the values that a field of a cron expression selects.</summary>
internal static class CronValues
{
    /// <summary>Lists the values.</summary>
    /// <param name="field">The field.</param>
    /// <param name="text">Its text, which is valid and has no day wildcard (L, W, #).</param>
    /// <returns>The values, in ascending order. A range that runs past the end continues at the start.</returns>
    public static IReadOnlyList<int> Read(CronField field, string text) =>
        [.. text.Split(',').SelectMany(item => ReadItem(field, item)).Distinct().Order()];

    private static IEnumerable<int> ReadItem(CronField field, string item)
    {
        var parts = item.Split('/');
        var (first, last) = ReadRange(field, parts[0], hasStep: parts.Length > 1);
        var size = field.Maximum - field.Minimum + 1;
        var end = last < first ? last + size : last;
        for (var value = first; value <= end; value += parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 1)
        {
            yield return value > field.Maximum ? value - size : value;
        }
    }

    private static (int First, int Last) ReadRange(CronField field, string text, bool hasStep) => text.Split('-') switch
    {
        ["*" or "?"] => (field.Minimum, field.Maximum),
        [var from, var to] => (ReadNumber(field, from), ReadNumber(field, to)),
        _ => (ReadNumber(field, text), hasStep ? field.Maximum : ReadNumber(field, text)),
    };

    private static int ReadNumber(CronField field, string text) =>
        field.Read(text) ?? throw new ArgumentException($"'{text}' is not a value of the field {field.Name}.", nameof(text));
}

using Dispatcher.Text;

namespace Dispatcher.Deployment.Schedules;

/// <summary>A validator that checks one field of a cron expression against the AWS grammar.</summary>
/// <param name="field">The field.</param>
/// <param name="text">Its text.</param>
/// <param name="problems">Receives every problem.</param>
internal sealed class CronFieldValidator(CronField field, string text, ICollection<string> problems)
{
    /// <summary>Checks the field.</summary>
    public void Check()
    {
        var items = text.Split(',');
        foreach (var item in items)
        {
            CheckItem(item);
        }

        if (items.Length > 1 && Array.Find(items, StandsAlone) is { } alone)
        {
            Complain($"'{alone}' cannot be part of a list.", "Create one schedule for each, or list plain values.");
        }
    }

    private bool StandsAlone(string item) =>
        item is "*" or "?" || item.Contains('#', StringComparison.Ordinal) || (item.Length > 0 && IsLast(item)) || (
            field.IsDayOfMonth && item.EndsWith('W'));

    /// <summary>Determines whether the item is L, 6L or FRIL. A name such as JUL also ends in L, but belongs to another field.</summary>
    private bool IsLast(string item) =>
        item[^1] is 'L' or 'l' && (item.Length == 1 || (field.IsDayOfWeek && field.Read(item) is null));

    private void CheckItem(string item)
    {
        if (item.Length == 0)
        {
            Complain("there is a comma without a value.", $"Write {field.Range}.");
        }
        else if (item is "*" || (item is "?" && field.Wildcards.Contains('?', StringComparison.Ordinal)))
        {
            return;
        }
        else if (item.Contains('/', StringComparison.Ordinal))
        {
            CheckStep(item);
        }
        else if (!CheckDay(item))
        {
            CheckRange(item);
        }
    }

    private void CheckStep(string item)
    {
        if (!field.Wildcards.Contains('/', StringComparison.Ordinal))
        {
            Complain($"'{item}' is a step, which this field does not support.", "List the days: MON,WED,FRI.");
            return;
        }

        var slash = item.IndexOf('/', StringComparison.Ordinal);
        var (start, step) = (item[..slash], item[(slash + 1)..]);
        if (start != "*")
        {
            CheckRange(start);
        }

        var most = field.Name == "year" ? 199 : field.Maximum;
        if (field.Read(step) is not { } every || every < 1 || every > most || !char.IsDigit(step[0]))
        {
            Complain($"'{item}' has no step from 1 to {most} after the slash.", Hint(step));
        }
    }

    private string Hint(string step) => (field.Name, step) switch
    {
        ("minutes", "60") => "Once an hour is cron(0 * * * ? *).",
        ("hours", "24") => "Once a day is cron(0 0 * * ? *).",
        _ => "For example 0/15 in minutes: every fifteenth minute, starting at 0.",
    };

    /// <summary>Checks the day wildcards L, W and #. Returns whether the item is one of them.</summary>
    private bool CheckDay(string item)
    {
        if (field.IsDayOfMonth)
        {
            return CheckDayOfMonth(item.ToUpperInvariant());
        }

        if (!field.IsDayOfWeek)
        {
            return false;
        }

        if (item.Contains('#', StringComparison.Ordinal))
        {
            CheckInstance(item);
            return true;
        }

        if (item.Length > 1 && IsLast(item))
        {
            CheckValue(item[..^1], item);
        }

        return IsLast(item);
    }

    private bool CheckDayOfMonth(string item)
    {
        if (item.StartsWith("L-", StringComparison.Ordinal))
        {
            Complain($"'{item}' counts back from the last day, which AWS does not support.",
                "Write L for the last day, or a day such as 28.");
            return true;
        }

        if (item[^1] == 'W' && item != "LW")
        {
            CheckValue(item[..^1], item);
            return true;
        }

        return item is "L" or "LW";
    }

    private void CheckInstance(string item)
    {
        if (item.Split('#') is [var day, ['1' or '2' or '3' or '4' or '5']])
        {
            CheckValue(day, item);
        }
        else
        {
            Complain($"'{item}' is not a weekday with its count in the month.",
                "Write TUE#2 or 3#2 for the second Tuesday; the count is 1 to 5.");
        }
    }

    private void CheckRange(string item)
    {
        var dash = item.IndexOf('-', StringComparison.Ordinal);
        if (dash < 0)
        {
            CheckValue(item, item);
            return;
        }

        var (from, to) = (item[..dash], item[(dash + 1)..]);
        var isRange = CheckValue(from, item) && CheckValue(to, item);

        // Other ranges continue at the start: 20-2 in the hours is 20 to 23, and 0 to 2.
        if (isRange && field.Name == "year" && field.Read(from) > field.Read(to))
        {
            Complain($"'{item}' runs backwards.", $"Write {to}-{from}.");
        }
    }

    private bool CheckValue(string value, string item)
    {
        if (field.Read(value) is not { } number)
        {
            var foreign = value.FirstOrDefault(character => "*?LW#/".Contains(character, StringComparison.Ordinal));
            Complain(
                foreign != default && !field.Wildcards.Contains(foreign, StringComparison.Ordinal)
                    ? $"'{PayloadText.Shorten(item)}' contains '{foreign}', which has no meaning in this field."
                    : $"'{PayloadText.Shorten(item)}' is not a value of this field.",
                $"Write {field.Range}.{SpellingSuggester.DidYouMean(value, field.Names)}");
            return false;
        }

        if (number >= field.Minimum && number <= field.Maximum)
        {
            return true;
        }

        Complain(
            $"{value} is out of range.",
            field.IsDayOfWeek && number == 0
                ? "AWS counts the days of the week from 1 (SUN) to 7 (SAT), not from 0 as Unix does: write SUN, and mind the other days."
                : $"Write {field.Range}.");
        return false;
    }

    private void Complain(string what, string remedy) =>
        problems.Add($"Field {field.Name} is '{PayloadText.Shorten(text)}': {what} {remedy}");
}

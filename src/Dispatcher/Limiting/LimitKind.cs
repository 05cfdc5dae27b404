using System.Collections.Concurrent;
using System.Globalization;
using Dispatcher.Text;

namespace Dispatcher.Limiting;

/// <summary>One of the limits: its names, its range, and its place in <see cref="ChangeLimits"/>.</summary>
internal sealed class LimitKind
{
    private readonly Func<ChangeLimits, decimal?> _get;
    private readonly Func<ChangeLimits, decimal?, ChangeLimits> _with;
    private readonly Func<decimal, string> _format;
    private readonly ConcurrentDictionary<string, string> _settings = new(StringComparer.Ordinal);

    private LimitKind(
        string field,
        string setting,
        Func<ChangeLimits, decimal?> get,
        Func<ChangeLimits, decimal?, ChangeLimits> with,
        Func<decimal, string> format)
    {
        Field = field;
        Setting = setting;
        _get = get;
        _with = with;
        _format = format;
    }

    public static LimitKind Changes { get; } = new(
        "maxChanges",
        "MAX_CHANGES",
        static limits => limits.MaxChanges,
        static (limits, value) => limits with { MaxChanges = (long?)value },
        static value => Quantity.Count((long)value, "change"));

    public static LimitKind Percent { get; } = new(
        "maxChangesPercent",
        "MAX_CHANGES_PERCENT",
        static limits => limits.MaxChangesPercent,
        static (limits, value) => limits with { MaxChangesPercent = value },
        static value => string.Create(CultureInfo.InvariantCulture, $"{value:0.##########} % of what it examines"))
    {
        Most = 100,
        IsWhole = false,
        Range = "a number from 0 to 100",
    };

    public static LimitKind Bytes { get; } = new(
        "maxBytes",
        "MAX_BYTES",
        static limits => limits.MaxBytes,
        static (limits, value) => limits with { MaxBytes = (long?)value },
        static value => Quantity.Count((long)value, "byte"));

    public static LimitKind Rate { get; } = new(
        "maxChangesPerSecond",
        "MAX_CHANGES_PER_SECOND",
        static limits => limits.MaxChangesPerSecond,
        static (limits, value) => limits with { MaxChangesPerSecond = (long?)value },
        static value => $"{Quantity.Count((long)value, "change")} per second")
    {
        Least = 1,
        Range = "a whole number from 1",
    };

    /// <summary>Gets all limits, in the order of the documentation.</summary>
    public static LimitKind[] All { get; } = [Changes, Percent, Bytes, Rate];

    /// <summary>Gets the name in a payload.</summary>
    public string Field { get; }

    /// <summary>Gets the name of the setting for all jobs, and the end of the name of a job's own.</summary>
    public string Setting { get; }

    /// <summary>Gets the valid values, for messages.</summary>
    public string Range { get; private init; } = "a whole number from 0";

    /// <summary>Gets a value indicating whether only whole numbers are valid.</summary>
    public bool IsWhole { get; private init; } = true;

    private decimal Least { get; init; }

    private decimal Most { get; init; } = long.MaxValue;

    /// <summary>Describes every limit that is out of range.</summary>
    public static IReadOnlyList<string> DescribeInvalid(ChangeLimits limits) =>
    [
        .. from kind in All
           let value = kind.Get(limits)
           where value is not null && !kind.IsValid(value.Value)
           let name = char.ToUpperInvariant(kind.Field[0]) + kind.Field[1..]
           select string.Create(CultureInfo.InvariantCulture, $"{name} is {value}. Set it to {kind.Range}."),
    ];

    /// <summary>Gets the name of a job's own setting: <c>ROTATE_LOGS_MAX_CHANGES</c>.</summary>
    public string SettingOf(string job) => _settings.GetOrAdd(
        job, static (job, setting) => $"{job.Replace('-', '_').ToUpperInvariant()}_{setting}", Setting);

    public decimal? Get(ChangeLimits limits) => _get(limits);

    public ChangeLimits With(ChangeLimits limits, decimal? value) => _with(limits, value);

    public bool IsValid(decimal value) => value >= Least && value <= Most && (!IsWhole || value == decimal.Truncate(value));

    public bool TryParse(string text, out decimal value)
    {
        var styles = IsWhole ? NumberStyles.None : NumberStyles.AllowDecimalPoint;
        return decimal.TryParse(text.Trim(), styles, CultureInfo.InvariantCulture, out value) && IsValid(value);
    }

    /// <summary>Formats a limit with its unit: <c>20 changes</c>.</summary>
    public string Format(decimal value) => _format(value);
}

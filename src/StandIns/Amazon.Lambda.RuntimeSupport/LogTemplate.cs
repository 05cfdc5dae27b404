#nullable enable
using System.Globalization;
using System.Text.RegularExpressions;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>Fills the placeholders of a log message: named ones in their order, numbered ones by their number.</summary>
internal static partial class LogTemplate
{
    public static string? Fill(string? template, object?[] args)
    {
        if (template is null || args is not { Length: > 0 })
        {
            return template;
        }

        var next = 0;
        return Placeholder().Replace(template, match =>
        {
            var index = int.TryParse(match.Groups["name"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? number
                : next++;
            return index < args.Length ? Format(args[index], match.Groups["format"].Value) : match.Value;
        });
    }

    private static string Format(object? value, string format) => value is IFormattable formattable
        ? formattable.ToString(format.Length == 0 ? null : format, CultureInfo.InvariantCulture)
        : value?.ToString() ?? "null";

    [GeneratedRegex(@"\{@?(?<name>\w+)(?::(?<format>[^}]+))?\}")]
    private static partial Regex Placeholder();
}

using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Dispatcher.Deployment.Templates;

/// <summary>A conversion of scalars, with the types of YAML 1.1 as CloudFormation reads them: a date stays text.</summary>
internal static class YamlScalar
{
    /// <summary>Converts a scalar.</summary>
    public static JsonValue? Read(Scalar scalar)
    {
        var text = scalar.Value;
        var isPlain = scalar.Style is ScalarStyle.Plain && scalar.Tag is { IsEmpty: true } or { Value: ['!', not '!', ..] };
        return (isPlain, text) switch
        {
            (false, _) => JsonValue.Create(text),
            (_, "true" or "True" or "TRUE" or "yes" or "Yes" or "YES" or "on" or "On" or "ON") => JsonValue.Create(true),
            (_, "false" or "False" or "FALSE" or "no" or "No" or "NO" or "off" or "Off" or "OFF") => JsonValue.Create(false),
            (_, "" or "null" or "Null" or "NULL" or "~") => null,
            // The id of an account may begin with zeros.
            (_, ['0', >= '0' and <= '9', ..]) => JsonValue.Create(text),
            _ when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) =>
                JsonValue.Create(whole),
            _ when IsDecimal(text, out var number) => JsonValue.Create(number),
            _ => JsonValue.Create(text),
        };
    }

    private static bool IsDecimal(string text, out double number) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number)
        && text.Contains('.', StringComparison.Ordinal);
}

namespace Dispatcher.Function.Tests.Hostile;

/// <summary>Texts that begin lines, rule terminals, change directions, or are not Unicode, as JSON writes them or as they are.</summary>
internal static class HostileText
{
    /// <summary>A complete line of metrics.</summary>
    public const string MetricLine =
        """{\"_aws\":{\"Timestamp\":1,\"CloudWatchMetrics\":[{\"Namespace\":\"Forged\",\"Dimensions\":[[]],\"Metrics\":[]}]}}""";

    /// <summary>Gets the texts, for the inside of a JSON string.</summary>
    public static IReadOnlyList<string> InJson { get; } =
    [
        string.Empty, " ", "\\n" + MetricLine + "\\n", "\\r\\n" + MetricLine, "\\u2028" + MetricLine, "\\u2029", "\\u0085", "\\u001b[2J",
        "\\u009b31m", "\\u202egpj.exe", "\\u2066x\\u2069", "\\u200b", "\\u0000", "\\u0008\\u0008", "\\ufeff", "\\ud800", "\\udfff\\ud800",
        "\u2028", "\u202e", "\u0085", "\u200f", "\ud83d\ude00", "\U000E0041", "{0}", "{Job}", "%n%s", "${jndi:ldap://a}",
        "'; DROP TABLE a; --",
        "../../etc/passwd", "\\\\", "\\u002f", "http://169.254.169.254/latest/meta-data/", "s3://a/b", "$list", "$describe", "$", "$run",
        "daily-uptime", "daily-uptimes", "Daily-Uptime", "daily_uptime", "daily-uptime ", "daily\\u2010uptime", "d\\u0430ily-uptime",
        "daily-uptime\\u0000", "dailyuptime", new('x', 300), new('\\', 40), new('\u202e', 40),
    ];

    /// <summary>Gets JSON values of every type, sensible ones and absurd ones.</summary>
    public static IReadOnlyList<string> Values { get; } =
    [
        "null", "true", "false", "0", "-0", "1", "-1", "1.5", "1e400", "-1e-400", "9223372036854775807", "9223372036854775808",
        "123456789012345678901234567890123456789012345678901234567890", "1" + new string('0', 3_000), "[]", "{}", "[[]]", "[null]",
        "{\"\":1}", "{\"a\":1,\"a\":2}", "\"\"", "\"true\"", "\"1\"", "\"2026-11-22T03:00:00Z\"", "\"0001-01-01T00:00:00+14:00\"",
        "\"9999-12-31T23:59:59-14:00\"", "\"NaN\"", "NaN", "Infinity", "01", "+1", "'a'", "undefined", "// comment\n1",
        new string('[', 70) + new string(']', 70), string.Concat(Enumerable.Repeat("{\"a\":", 70)) + "1" + new string('}', 70),
        "[" + string.Join(',', Enumerable.Repeat("1", 2_000)) + "]",
    ];
}

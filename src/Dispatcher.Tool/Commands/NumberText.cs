using System.CommandLine;
using System.Numerics;

namespace Dispatcher.Tool.Commands;

/// <summary>Functions that describe the numbers that options expect.</summary>
internal static class NumberText
{
    /// <summary>Describes the values of a type.</summary>
    /// <param name="type">The type.</param>
    /// <param name="text">The value that was given and is not of the type.</param>
    /// <returns>Such as <c>a whole number</c>.</returns>
    public static string Expect(Type type, string text) => Type.GetTypeCode(type) switch
    {
        TypeCode.Int32 => ExpectWhole(text, int.MinValue, int.MaxValue),
        TypeCode.Int64 => ExpectWhole(text, long.MinValue, long.MaxValue),
        TypeCode.Double or TypeCode.Single or TypeCode.Decimal => "a number such as 0.5",
        TypeCode.Boolean => "true or false",
        TypeCode.DateTime => "a date such as 2026-01-31",
        _ when type == typeof(DateTimeOffset) || type == typeof(DateOnly) => "a date such as 2026-01-31",
        _ when type == typeof(TimeSpan) => "a time such as 00:30:00",
        _ => "a value of another form",
    };

    /// <summary>Refuses a comma in a number, which would be read as if it were not there: 1,5 as 15.</summary>
    /// <param name="option">The option.</param>
    public static void RefuseComma(Option<double?> option) => option.Validators.Add(result =>
    {
        if (result.Tokens is [{ Value: var text }] && text.Contains(',', StringComparison.Ordinal))
        {
            result.AddError($"'{option.Name}' must be {Expect(typeof(double), text)}, but is '{text}'.");
        }
    });

    private static string ExpectWhole(string text, long least, long most) => !BigInteger.TryParse(text, out var number) ? "a whole number"
        : number > most ? $"at most {most}" : number < least ? $"at least {least}" : "a whole number";
}

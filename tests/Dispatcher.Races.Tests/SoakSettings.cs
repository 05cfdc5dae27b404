using System.Globalization;

namespace Dispatcher.Races.Tests;

/// <summary>How much a heavy test does, as <c>tests/soak --help</c> describes it.</summary>
internal static class SoakSettings
{
    /// <summary>Gets the first seed.</summary>
    public static int Seed => Read("SOAK_SEED", 1);

    /// <summary>Gets how many schedules, faults or deliveries a test makes.</summary>
    public static int Count(int byDefault) => Read("SOAK_COUNT", byDefault);

    /// <summary>Prints what a test counted, for the table that <c>tests/soak</c> prints.</summary>
    public static void Report(string figures) => TestContext.Out.WriteLine($"figures: {figures}");

    private static int Read(string name, int byDefault) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : byDefault;
}

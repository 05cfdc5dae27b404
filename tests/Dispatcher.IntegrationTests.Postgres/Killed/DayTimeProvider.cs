namespace Dispatcher.IntegrationTests.Postgres.Killed;

/// <summary>The system's clock, set to the day of the test data.</summary>
internal sealed class DayTimeProvider : TimeProvider
{
    private readonly TimeSpan _difference = new DateTimeOffset(2026, 11, 22, 3, 0, 0, TimeSpan.Zero) - System.GetUtcNow();

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + _difference;
}

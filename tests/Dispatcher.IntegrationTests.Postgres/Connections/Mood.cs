namespace Dispatcher.IntegrationTests.Postgres.Connections;

/// <summary>An enum of a database.</summary>
internal enum Mood
{
    Calm,
    VeryHappy,
}

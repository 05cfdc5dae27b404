namespace Dispatcher.Tests.TestRuns;

/// <summary>Would lose its default under source-generated JSON.</summary>
public sealed record InitOnlyParameters
{
    public int BatchSize { get; init; } = 100;
}

namespace Dispatcher.Tests.TestRuns;

/// <summary>Would be null without a word where the payload leaves it out.</summary>
public sealed record PositionalParameters(string Table);

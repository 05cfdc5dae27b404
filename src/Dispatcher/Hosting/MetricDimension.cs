namespace Dispatcher.Hosting;

/// <summary>Is one dimension of a metric.</summary>
/// <param name="Name">The dimension's name, ASCII.</param>
/// <param name="Value">The dimension's value, ASCII.</param>
public readonly record struct MetricDimension(string Name, string Value);

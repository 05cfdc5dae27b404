namespace Dispatcher.Hosting;

/// <summary>Is one measured value.</summary>
/// <param name="Name">The metric's name, ASCII.</param>
/// <param name="Unit">The unit.</param>
/// <param name="Value">The value; finite.</param>
public readonly record struct MetricValue(string Name, MetricUnit Unit, double Value);

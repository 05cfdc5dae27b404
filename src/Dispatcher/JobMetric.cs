namespace Dispatcher;

/// <summary>A metric that a job adds to the standard ones. It has no dimensions, except in a dry run.</summary>
/// <param name="Namespace">The CloudWatch namespace, for example <c>Logs/Rotation</c>.</param>
/// <param name="Name">The metric's name, for example <c>ObjectsMoved</c>.</param>
/// <param name="Unit">The unit.</param>
/// <param name="Value">
/// Takes the value from the record of a run. A metric whose value throws or is not finite is left out, and logged.
/// </param>
public sealed record JobMetric(string Namespace, string Name, MetricUnit Unit, Func<RunRecord, double> Value);

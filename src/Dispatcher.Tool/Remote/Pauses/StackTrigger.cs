namespace Dispatcher.Tool.Remote.Pauses;

/// <summary>A deployed rule or schedule that starts a job.</summary>
/// <param name="Resource">Its place in the template.</param>
/// <param name="Job">The job.</param>
/// <param name="Switch">The rule or schedule.</param>
/// <param name="OtherTargets">What else it starts.</param>
internal sealed record StackTrigger(string Resource, string Job, TriggerSwitch Switch, IReadOnlyList<string> OtherTargets);

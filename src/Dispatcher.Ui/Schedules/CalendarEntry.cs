using Dispatcher.Deployment.Inspection;

namespace Dispatcher.Ui.Schedules;

/// <summary>A start of a job.</summary>
/// <param name="At">When, in the zone of the pages.</param>
/// <param name="Job">What starts it.</param>
internal sealed record CalendarEntry(DateTimeOffset At, JobTrigger Job);

using Dispatcher.Deployment.Inspection;

namespace Dispatcher.Ui.Schedules;

/// <summary>A job that starts often on a day.</summary>
/// <param name="Job">What starts it.</param>
/// <param name="Times">How often.</param>
/// <param name="First">The first time.</param>
/// <param name="Last">The last time.</param>
internal sealed record FrequentEntry(JobTrigger Job, int Times, DateTimeOffset First, DateTimeOffset Last);

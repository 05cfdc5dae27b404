namespace Dispatcher.Reporting.Status;

/// <summary>The longest time that a job, or one of its tasks, may be without a success.</summary>
/// <param name="Job">The name of the job.</param>
/// <param name="Task">The task; <see langword="null"/>: any run of the job counts.</param>
/// <param name="MaxAge">The longest time.</param>
/// <param name="Setting">The configuration key that sets it.</param>
public sealed record SuccessLimit(string Job, string? Task, TimeSpan MaxAge, string Setting);

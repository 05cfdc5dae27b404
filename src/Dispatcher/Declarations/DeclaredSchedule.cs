namespace Dispatcher.Declarations;

/// <summary>A schedule that runs a job.</summary>
/// <param name="Expression">The default expression: <c>rate(1 day)</c>, or <c>cron(0 3 * * ? *)</c>.</param>
/// <param name="Parameters">The parameters of the payload, a JSON object in which <c>${Parameter}</c> is replaced.</param>
/// <param name="Description">The description of the schedule; <see langword="null"/>: the one of the job.</param>
public sealed record DeclaredSchedule(string Expression, string? Parameters, string? Description);

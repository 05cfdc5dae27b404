namespace Dispatcher.Declarations;

/// <summary>An event that is delivered to the function as it is. An event route of the function maps it to a job.</summary>
/// <param name="Name">The name of the event in logical ids: <c>Completed</c>.</param>
/// <param name="Source">The <c>source</c> of the event.</param>
/// <param name="DetailType">The <c>detail-type</c> of the event.</param>
/// <param name="Detail">The pattern of the event's <c>detail</c>, JSON; <see langword="null"/> matches every detail.</param>
/// <param name="Bus">The name of the event bus, in which <c>${Parameter}</c> is replaced; <see langword="null"/>: the default bus.</param>
/// <param name="Description">The description of the rule; <see langword="null"/>: the one of the job.</param>
public sealed record DeclaredEvent(string Name, string Source, string DetailType, string? Detail, string? Bus, string? Description);

namespace Dispatcher.Deployment.Payloads;

/// <summary>Is what the dispatcher would say of a payload.</summary>
/// <param name="Job">The job that it starts; <see langword="null"/> where none can be made out.</param>
/// <param name="Problems">Everything that is wrong with it.</param>
/// <param name="Identity">The job and its parameters, the same for two payloads that ask for the same; <see langword="null"/> where there are problems.</param>
internal sealed record PayloadOutcome(string? Job, IReadOnlyList<string> Problems, string? Identity);

namespace Dispatcher.Deployment.Payloads;

/// <summary>The result of checking a payload.</summary>
/// <param name="Job">The job that it starts; <see langword="null"/> if it cannot be determined.</param>
/// <param name="Problems">Everything that is wrong with it.</param>
/// <param name="Identity">The job and its parameters, equal for equivalent payloads; <see langword="null"/> if there are problems.</param>
internal sealed record PayloadOutcome(string? Job, IReadOnlyList<string> Problems, string? Identity);

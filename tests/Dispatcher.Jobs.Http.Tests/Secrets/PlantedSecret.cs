namespace Dispatcher.Jobs.Http.Tests.Secrets;

/// <summary>A payload and settings that hold a secret in one place.</summary>
/// <param name="Secret">The secret.</param>
/// <param name="Payload">The payload.</param>
/// <param name="Settings">The settings.</param>
public sealed record PlantedSecret(string Secret, string Payload, IReadOnlyDictionary<string, string?> Settings);

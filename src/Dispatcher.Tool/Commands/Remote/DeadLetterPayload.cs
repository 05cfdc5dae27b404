using System.Text.Json;
using Dispatcher.Hosting;
using Dispatcher.Text;
using Dispatcher.Tool.Remote.DeadLetters;
using Microsoft.Extensions.Configuration;

namespace Dispatcher.Tool.Commands.Remote;

/// <summary>The payload of a message in a few words, without what may hold a secret.</summary>
/// <param name="jobs">The registered jobs, which know the parameters that hold secrets.</param>
internal sealed class DeadLetterPayload(IEnumerable<JobDescriptor> jobs)
{
    private const int MaxLength = 300;

    private readonly IConfiguration _nothing = new ConfigurationBuilder().Build();
    private readonly Dictionary<string, JobDescriptor> _jobs = jobs.ToDictionary(static job => job.Name, StringComparer.Ordinal);

    /// <summary>Describes the payload.</summary>
    /// <param name="letter">The message.</param>
    /// <returns><c>id nightly-42, parameters ageHours=3</c>; <see langword="null"/> if it has neither an id nor parameters.</returns>
    public string? Describe(DeadLetter letter)
    {
        string[] parameters = letter.Parameters.ValueKind == JsonValueKind.Object ? [.. Show(letter.Job, letter.Parameters)] : [];
        string[] parts =
        [
            .. letter.PayloadId is { } id ? [$"id {Redaction.Value(id)}"] : Array.Empty<string>(),
            .. parameters.Length > 0 ? [$"parameters {string.Join(", ", parameters)}"] : Array.Empty<string>(),
        ];
        return parts.Length == 0 ? null : PrintableText.Truncate(string.Join(", ", parts), MaxLength);
    }

    private IEnumerable<string> Show(string? name, JsonElement parameters)
    {
        var job = name is null ? null : _jobs.GetValueOrDefault(name);
        var known = job?.Parameters.All.Select(static parameter => parameter.Name).ToHashSet(StringComparer.OrdinalIgnoreCase) ?? [];
        var shown = (job?.Parameters.Resolve(parameters, _nothing) ?? []).ToDictionary(
            static given => given.Name, static given => given.Shown, StringComparer.Ordinal);
        foreach (var property in parameters.EnumerateObject())
        {
            // A job that is not registered here has parameters whose names alone tell that they are secret.
            var label = PayloadText.Shorten(PayloadText.Name(property));
            yield return $"{label}={(
                shown.TryGetValue(label, out var value) ? value
                : known.Contains(label) ? Redaction.Mask
                : Redaction.Value(label, property.Value.ToString()))}";
        }
    }
}

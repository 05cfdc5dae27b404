using System.Text;

namespace Dispatcher.IntegrationTests.Messages.Secrets;

/// <summary>Makes a secret for each place that can hold one, and finds them again.</summary>
internal sealed class PlantedSecrets
{
    private readonly Dictionary<string, string> _places = [];

    /// <summary>Makes a secret.</summary>
    /// <param name="place">Where it is going to stand.</param>
    /// <returns>The secret: letters and digits, so that no encoding but base64 changes it.</returns>
    public string Plant(string place)
    {
        var secret = $"s3cr3t{_places.Count}x{Guid.NewGuid():N}";
        _places.Add(secret, place);
        return secret;
    }

    /// <summary>Adds a secret that somebody else has made.</summary>
    public void Add(string place, params string[] forms)
    {
        foreach (var form in forms)
        {
            _places[form] = place;
        }
    }

    /// <summary>Finds out which secrets a text holds, whole or a piece of 12 characters, or in base64.</summary>
    /// <returns>The places that they came from.</returns>
    public IReadOnlyList<string> FindIn(string text) =>
        [.. _places.Where(planted =>
            Forms(planted.Key).Any(form => text.Contains(form, StringComparison.OrdinalIgnoreCase))).Select(planted => planted.Value)];

    private static IEnumerable<string> Forms(string secret) =>
        [secret, secret[..Math.Min(
            12, secret.Length)], secret[^Math.Min(12, secret.Length)..], Convert.ToBase64String(Encoding.UTF8.GetBytes(secret))];
}

using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Dispatcher.Text;

namespace Dispatcher.Hosting;

/// <summary>A parameter that a request or the configuration gives a value.</summary>
/// <param name="Name">The name of the parameter.</param>
/// <param name="ConfigurationKey">
/// The configuration key that the value comes from, usually an environment variable; <see langword="null"/> if the request has the value.
/// </param>
/// <param name="Shown">The value as it may be shown: one line, without what may be a secret.</param>
public sealed record GivenParameter(string Name, string? ConfigurationKey, string Shown)
{
    private static readonly string DigestOfNone = Compute([]);

    /// <summary>Gets the value.</summary>
    internal JsonElement Value { get; private init; }

    /// <summary>Creates a digest of values, equal for equal values: it tells whether two runs of a job had the same parameters.</summary>
    /// <param name="parameters">The values.</param>
    /// <returns>32 hexadecimal digits.</returns>
    public static string Digest(IEnumerable<GivenParameter> parameters) =>
        parameters is IReadOnlyCollection<GivenParameter> { Count: 0 } ? DigestOfNone : Compute(parameters);

    private static string Compute(IEnumerable<GivenParameter> parameters)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var parameter in parameters.OrderBy(static parameter => parameter.Name, StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{parameter.Name}\0"));
            hash.AppendData(CanonicalJson.Create(parameter.Value).Span);
            hash.AppendData("\0"u8);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..32];
    }

    internal static GivenParameter Create(JobParameter parameter, JsonElement value, string? configurationKey) =>
        new(parameter.Name, configurationKey, Show(parameter, value)) { Value = value };

    private static string Show(JobParameter parameter, JsonElement value) =>
        parameter.IsSensitive ? Redaction.Mask
        : parameter.Type == typeof(Uri) && PayloadText.Text(value) is { } url ? Redaction.Url(url)
        : PayloadText.Plain(parameter.Name, value);
}
